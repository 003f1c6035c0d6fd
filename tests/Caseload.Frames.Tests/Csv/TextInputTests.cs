using System.Text;
using Caseload.Frames.Csv;

namespace Caseload.Frames.Tests.Csv;

public sealed class TextInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UTF_8_is_read_with_and_without_a_byte_order_mark(bool mark)
    {
        var path = folder.File("a.csv", new UTF8Encoding(mark).GetPreamble().Concat("naïve,b\n1,2\n"u8.ToArray()).ToArray());

        var read = CsvFile.Read(path);

        Assert.Equal(TextEncoding.Utf8, read.Encoding);
        Assert.Equal("naïve", read.Frame.Columns[0].Name);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_read_as_Windows_1252_and_the_choice_is_told()
    {
        var read = CsvFile.Read(folder.File("a.csv", [(byte)'a', (byte)'\n', 0xE9, 0x80, (byte)'\n']));

        Assert.Equal(TextEncoding.Windows1252, read.Encoding);
        Assert.Equal("é€", read.Frame.Text("a")[0]);
    }

    [Fact]
    public void A_letter_that_lies_across_two_chunks_does_not_make_UTF_8_look_like_something_else()
    {
        // The probe reads a million bytes at a time; each offset puts another byte of the three of € on the seam.
        foreach (var offset in new[] { -3, -2, -1, 0 })
        {
            var text = "a\n" + new string('x', (1 << 20) - 2 + offset) + "€\n";

            Assert.Equal(TextEncoding.Utf8, CsvFile.Read(folder.File("a.csv", text)).Encoding);
        }
    }

    [Theory]
    [InlineData("utf-16", "UTF-16")]
    [InlineData("utf-32", "UTF-16 or UTF-32")]
    public void UTF_16_and_UTF_32_are_refused(string encoding, string found)
    {
        var bytes = Encoding.GetEncoding(encoding);

        var problem = Assert.Throws<ProblemException>(() => CsvFile.Read(folder.File("a.csv", [.. bytes.GetPreamble(), .. bytes.GetBytes("a,b\n1,2\n")]))).Problem;

        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
    }

    [Fact]
    public void A_byte_that_no_supported_encoding_has_is_told_with_its_place()
    {
        var problem = Assert.Throws<ProblemException>(() => CsvFile.Read(folder.File("a.csv", [(byte)'a', (byte)'\n', 0x81, (byte)'\n']))).Problem;

        Assert.Contains("neither UTF-8 nor Windows-1252", problem.Found, StringComparison.Ordinal);
        Assert.EndsWith("byte 3", problem.Where, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
