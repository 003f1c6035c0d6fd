using System.IO.Compression;
using System.Text;
using Caseload.Frames.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Frames.Tests.Csv;

public sealed class CsvFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Each_column_takes_the_narrowest_type_that_all_its_cells_fit()
    {
        var frame = Frame.LoadCsv(folder.File("a.csv", "whole,number,date,flag,text,code\n1,1.5,2011-03-31,true,N1,001\n-2,3,2010-04-01,FALSE,N2,145\n"));

        Assert.Equal(
            [ColumnType.Integer, ColumnType.Number, ColumnType.Date, ColumnType.Flag, ColumnType.Text, ColumnType.Text],
            frame.Columns.Select(c => c.Type));
        Assert.Equal("001", frame.Text("code")[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    public void An_empty_cell_and_NA_are_missing(string cell)
    {
        var frame = Frame.LoadCsv(folder.File("a.csv", $"x,y\n1,2\n{cell},4\n"));

        Assert.Equal(ColumnType.Integer, frame["x"].Type);
        Assert.True(frame["x"].IsMissing(1));
        Assert.Equal(1, frame["x"].MissingCount);
    }

    [Fact]
    public void Cells_in_quotes_keep_commas_quotes_and_line_breaks()
    {
        var frame = Frame.LoadCsv(folder.File("a.csv", "name,n\n\"Bath, \"\"City\"\" of\nAvon\",1\n"));

        Assert.Equal("Bath, \"City\" of\nAvon", frame.Text("name")[0]);
    }

    [Fact]
    public void Whatever_text_is_written_is_read_back()
    {
        var cells = Gen.Elements("a", "N1", "x,y", "say \"no\"", "two\nlines", " padded ", "é", "").ListOf();
        Prop.ForAll(Arb.From(cells), values =>
        {
            var original = new Frame([TextColumn.Of("t", values.Select(v => v.Length == 0 ? null : v)), TextColumn.Of("end", values.Select(_ => "e"))]);
            var path = Path.Combine(folder.Path, "round.csv");
            original.SaveCsv(path);
            var read = Frame.LoadCsv(path);
            return Enumerable.Range(0, original.RowCount).All(row => original.Text("t")[row] == read.Text("t")[row]);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Cells_of_every_length_and_more_values_than_a_small_table_holds_are_told_apart()
    {
        // Around the seven bytes at which cells are looked up in another way, with bytes above 127 and texts that begin alike.
        string[] values = [.. Enumerable.Range(0, 500).Select(i => new string('a', i % 11) + (char)('a' + i % 17) + (i % 3 == 0 ? "é" : "") + i)];
        string[] rows = [.. values, .. values.Reverse()];

        var read = Frame.LoadCsv(folder.File("a.csv", "t\n" + string.Join('\n', rows) + "\n")).Text("t");

        Assert.Equal(rows, Enumerable.Range(0, rows.Length).Select(row => read[row]));
        Assert.Equal(values, read.Levels);
    }

    [Fact]
    public void Numbers_dates_and_flags_are_read_back_to_the_last_bit()
    {
        var original = new Frame([
            new NumberColumn("x", [0.1, 1e-300, double.NaN, -1 / 3.0]),
            new DateColumn("d", [new DateOnly(2016, 3, 31).DayNumber, DateColumn.Missing, 0, 1]),
            new FlagColumn("f", [1, 0, -1, 0])]);
        var path = Path.Combine(folder.Path, "a.csv");
        original.SaveCsv(path);

        var read = Frame.LoadCsv(path);

        Assert.Equal(original.Number("x").Values.ToArray(), read.Number("x").Values.ToArray());
        Assert.Equal(original.Date("d").Days.ToArray(), read.Date("d").Days.ToArray());
        Assert.Equal(original.Flag("f").Values.ToArray(), read.Flag("f").Values.ToArray());
    }

    [Fact]
    public void A_gzip_file_is_read_as_the_file_inside_it()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write("a,b\n1,2\n"u8);

        Assert.Equal(2, Frame.LoadCsv(folder.File("a.csv.gz", packed.ToArray())).Integer("b").Values[0]);
    }

    [Fact]
    public void A_gzip_file_that_is_cut_short_is_a_problem_not_a_shorter_table()
    {
        using var packed = new MemoryStream();
        var text = string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"{i},{i * 7919 % 104729}"));
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.ASCII.GetBytes("a,b\n" + text));

        var problem = Problem(folder.File("a.csv.gz", packed.ToArray()[..(int)(packed.Length / 2)]));

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
    }

    [Theory]
    [InlineData("a;b\n1;2\n", "semicolons")]
    [InlineData("a\tb\n1\t2\n", "tabs")]
    [InlineData("a,a\n1,2\n", "twice")]
    [InlineData("a,\n1,2\n", "without a name")]
    [InlineData("a,b\n1,2,3\n", "3 cells")]
    [InlineData("a,b\n1,\"2\n", "never closed")]
    [InlineData("\n\n", "blank lines only")]
    [InlineData("", "empty file")]
    public void A_file_that_is_no_table_says_what_was_found(string text, string found)
    {
        var problem = Problem(folder.File("bad.csv", text));

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.Contains("bad.csv", problem.Where, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void A_missing_file_and_a_directory_are_told_apart()
    {
        Assert.Equal("no such file", Problem(Path.Combine(folder.Path, "none.csv")).Found);
        Assert.Equal("a directory", Problem(folder.Path).Found);
    }

    public void Dispose() => folder.Dispose();

    private static Problem Problem(string path) => Assert.Throws<ProblemException>(() => Frame.LoadCsv(path)).Problem;
}
