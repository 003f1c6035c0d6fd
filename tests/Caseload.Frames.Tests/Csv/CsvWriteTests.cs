using System.Text;
using Caseload.Frames.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Frames.Tests.Csv;

/// <summary>What the kit writes as CSV: safe to open in a spreadsheet, and read back as it was.</summary>
public sealed class CsvWriteTests : IDisposable
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20170701, 1).WithQuietOnSuccess(true);

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Elements("=", "+", "-", "@", "'", "''", "\t", "\r", "\n", ",", "\"", "\"\"", " ", "=1+1", "-5", "'-5", "\uFF1D", "é", "a", "NONE", "😀"),
        Gen.Choose(32, 0xD7FF).Where(c => c is < 0x7F or > 0x9F).Select(c => ((char)c).ToString())).ListOf().Select(string.Concat);

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("=HYPERLINK(\"http://example.org\")", "\"'=HYPERLINK(\"\"http://example.org\"\")\"")]
    [InlineData("+44", "'+44")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("'=1", "''=1")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("a=b", "a=b")]
    public void Text_that_a_spreadsheet_would_run_is_written_with_an_apostrophe_before_it(string text, string cell)
    {
        Assert.Equal($"t,end\n{cell},x\n", Written(new Frame([TextColumn.Of("t", [text]), TextColumn.Of("end", ["x"])])));
        Assert.Equal($"{cell},end\n1,x\n", Written(new Frame([new IntegerColumn(text, [1]), TextColumn.Of("end", ["x"])])));
    }

    [Fact]
    public void Numbers_below_zero_are_numbers() =>
        Assert.Equal("a,b\n-1,-0.5\n", Written(new Frame([new IntegerColumn("a", [-1]), new NumberColumn("b", [-0.5])])));

    [Fact]
    public void Whatever_text_is_written_is_read_back_cell_by_cell() => Prop.ForAll(
        AnyText.NonEmptyListOf().ToArbitrary(),
        texts =>
        {
            var path = folder.File("t.csv", "");
            CsvFile.Write(new Frame([TextColumn.Of("t", texts), TextColumn.Of("end", texts)]), path);
            using var rows = CsvRows.Open(path);
            foreach (var text in texts)
            {
                Assert.True(rows.Read());
                Assert.Equal((text, text, 2), (rows[0], Encoding.UTF8.GetString(rows.Bytes(1)), rows.CellCount));
            }

            Assert.False(rows.Read());
        }).Check(Fixed);

    [Fact]
    public void The_bytes_are_those_of_a_plain_walk_through_the_cells()
    {
        var rows = Gen.Choose(0, 40).SelectMany(count =>
            AnyText.ArrayOf(count).SelectMany(texts => Gen.Choose(-3_000_000, 800_000).ArrayOf(count).Select(numbers => (texts, numbers))));
        Prop.ForAll(rows.ToArbitrary(), made =>
        {
            var (texts, numbers) = made;
            var frame = new Frame([
                TextColumn.Of("text", texts.Select(t => t.Length % 3 == 2 ? null : t)),
                new DateColumn("date", [.. numbers.Select(n => n < 0 ? DateColumn.Missing : n)]),
                new IntegerColumn("whole", [.. numbers.Select(n => n % 7 == 0 ? IntegerColumn.Missing : n)]),
                new NumberColumn("number", [.. numbers.Select(n => n % 5 == 0 ? double.NaN : n / 7.0)]),
                new FlagColumn("flag", [.. numbers.Select(n => (sbyte)(Math.Abs(n % 3) - 1))]),
            ]);
            Assert.Equal(Twin(frame), Written(frame));

            // Fewer rows than levels: the text cells are made another way.
            Assert.Equal(Twin(frame.Head(2)), Written(frame.Head(2)));
        }).Check(Fixed);
    }

    [Fact]
    public void A_missing_cell_of_the_only_column_is_a_row_all_the_same()
    {
        var path = folder.File("t.csv", "");
        var column = TextColumn.Of("t", ["a", null, "b", null]);

        new Frame([column]).SaveCsv(path);

        Assert.Equal(["a", null, "b", null], Enumerable.Range(0, 4).Select(row => Frame.LoadCsv(path).Text("t")[row]));
    }

    [Fact]
    public void Rows_beyond_the_buffer_are_written_in_order()
    {
        var frame = new Frame([new IntegerColumn("n", [.. Enumerable.Range(0, 50_000)]), TextColumn.Of("t", Enumerable.Repeat("text", 50_000))]);

        Assert.Equal(Twin(frame), Written(frame));
    }

    public void Dispose() => folder.Dispose();

    private static string Written(Frame frame)
    {
        using var bytes = new MemoryStream();
        CsvFile.Write(frame, bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string Twin(Frame frame)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', frame.Columns.Select(c => CsvFile.Cell(c.Name))).Append('\n');
        for (var row = 0; row < frame.RowCount; row++)
            text.AppendJoin(',', frame.Columns.Select(c => c is TextColumn ? CsvFile.Cell(c.Format(row)) : c.Format(row))).Append('\n');
        return text.ToString();
    }
}
