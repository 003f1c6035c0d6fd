using Caseload.Areas;
using Caseload.Frames;

namespace Caseload.Tests.Areas;

public sealed class DeprivationFileTests : IDisposable
{
    private readonly PublishedFixture files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Codes_of_either_system_and_of_any_time_are_taken()
    {
        var file = Read("authority,deprivation\n202,25.5\nE08000020,30\nE06000065,-0.4\n204,\n");
        Assert.Equal([("202", 25.5), ("204", null), ("390", 30.0), ("815", -0.4)],
            file.Scores.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value)));
        Assert.Empty(file.Findings);
    }

    [Fact]
    public void A_cell_that_cannot_be_taken_and_an_authority_under_two_codes_are_told_with_their_line()
    {
        var file = Read("authority,deprivation\nCamden,1\n390,2\nE08000037,3\n203,high\n204\n");
        Assert.Equal([(2L, "authority"), (4L, "authority"), (5L, "deprivation"), (6L, "(row)")],
            file.Findings.Select(f => (f.Line, f.Column)));
        Assert.Equal(new Dictionary<string, double?> { ["390"] = 2 }, file.Scores);
    }

    [Fact]
    public void A_missing_column_is_unreadable()
    {
        var problem = Assert.Throws<ProblemException>(() => Read("code,score\n202,1\n")).Problem;
        Assert.Equal((ProblemKind.Unreadable, "the columns code, score"), (problem.Kind, problem.Found));
    }

    private DeprivationFile Read(string text) => DeprivationFile.Read(files.Write("imd.csv", text));
}
