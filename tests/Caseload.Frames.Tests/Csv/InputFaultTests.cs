using System.IO.Compression;
using System.Text;
using Caseload.Frames.Csv;

namespace Caseload.Frames.Tests.Csv;

/// <summary>Inputs that are not what they seem, or do not stay what they were: one clear problem each, never a crash or a mixture.</summary>
public sealed class InputFaultTests : IDisposable
{
    private static readonly byte[] Large =
        Encoding.ASCII.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 700_000).Select(i => $"{i % 1000},text\n")));

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("replaced")]
    [InlineData("longer")]
    [InlineData("touched")]
    [InlineData("deleted")]
    public void A_file_that_changes_while_it_is_read_is_refused(string change)
    {
        var path = folder.File("a.csv", Large);
        var problem = Assert.Throws<ProblemException>(() =>
        {
            using var rows = CsvRows.Open(path);
            rows.Read();
            Change(path, change);
            while (rows.Read())
            {
            }
        }).Problem;

        Assert.Equal((ProblemKind.Unreadable, "a file that changed while it was read", path), (problem.Kind, problem.Found, problem.Where));
    }

    [Fact]
    public void A_file_of_many_blocks_is_read_as_its_lines_are()
    {
        using var rows = CsvRows.Open(folder.File("a.csv", Large));
        var count = 0;
        for (; rows.Read(); count++) Assert.Equal(((count % 1000).ToString(System.Globalization.CultureInfo.InvariantCulture), count + 2L), (rows[0], rows.Line));

        Assert.Equal(700_000, count);
    }

    [Fact]
    public void Large_files_in_other_encodings_are_read_as_small_ones_are()
    {
        var text = string.Concat(Enumerable.Range(0, 400_000).Select(i => $"é{i % 100},Zoë\n"));
        foreach (var bytes in new[] { [.. "\uFEFFa,b\n"u8, .. Encoding.UTF8.GetBytes(text)], Encoding.Latin1.GetBytes("a,b\n" + text) })
        {
            var frame = Frame.LoadCsv(folder.File("a.csv", bytes));
            Assert.Equal(("é99", "Zoë", 400_000), (frame.Text("a")[399_999], frame.Text("b")[0], frame.RowCount));
        }
    }

    [Fact]
    public void Gzip_is_known_by_its_first_bytes_whatever_the_name()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Large);

        Assert.Equal(700_000, Frame.LoadCsv(folder.File("a.csv", packed.ToArray())).RowCount);
    }

    [Fact]
    public void Xml_in_place_of_a_table_is_told()
    {
        var problem = Problem(folder.File("a.csv", "\n<?xml version=\"1.0\"?>\n<Message></Message>"));

        Assert.StartsWith("XML or HTML", problem.Found, StringComparison.Ordinal);
        Assert.Contains("--returns", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_refused()
    {
        var path = Path.Combine(folder.Path, "a.csv");
        using (var file = File.Create(path))
        {
            file.Write("a,b\n1,"u8);
            for (var i = 0; i < 100; i++) file.Write(Encoding.ASCII.GetBytes(new string('x', 1 << 20)));
        }

        Assert.StartsWith("a row of more than 16 MB", Problem(path).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_columns_are_refused() => Assert.Contains("1000000 columns",
        Problem(folder.File("a.csv", string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => "c" + i)) + "\n")).Found, StringComparison.Ordinal);

    [Theory]
    [InlineData("a,b\n1,\0\n", "not text")]
    [InlineData("a,b\n1,\u0007\n", "control character 07")]
    public void Control_characters_are_refused_with_their_place(string text, string found)
    {
        var problem = Problem(folder.File("a.csv", text));

        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.EndsWith("byte 7", problem.Where, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static void Change(string path, string change)
    {
        switch (change)
        {
            case "replaced":
                File.WriteAllBytes(path + ".new", Large);
                File.Move(path + ".new", path, overwrite: true);
                break;
            case "longer":
                File.AppendAllText(path, "1,2\n");
                break;
            case "touched":
                File.SetLastWriteTimeUtc(path, new DateTime(2011, 3, 31, 0, 0, 0, DateTimeKind.Utc));
                break;
            default:
                File.Delete(path);
                break;
        }
    }

    private static Problem Problem(string path) => Assert.Throws<ProblemException>(() => Frame.LoadCsv(path)).Problem;
}
