using Caseload.Returns;

namespace Caseload.Tests.Returns;

/// <summary>What is odd about many files is said once.</summary>
public sealed class OddityTests
{
    [Theory]
    [InlineData(3, 4)]
    [InlineData(4, 2)]
    public void One_kind_in_more_than_three_files_is_one_line(int files, int lines)
    {
        Oddity[] all =
        [
            .. Enumerable.Range(0, files).Select(i => new Oddity($"{i}.csv", $"late: {i} of 10 cases")
            {
                Kind = new OddityKind("late", i, 10, "cases"),
            }),
            new("authority 201", "no referral"),
        ];
        var digest = Oddity.Digest(all);

        Assert.Equal(lines, digest.Count);
        Assert.Equal("authority 201: no referral", digest[^1].ToString());
        if (files == 4) Assert.Equal("4 files: late: 6 of 40 cases", digest[0].ToString());
        else Assert.Equal(all, digest);
    }
}
