using System.Globalization;
using Caseload.Frames;
using Caseload.Schemas;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests.Schemas;

/// <summary>Values are read from the bytes of a cell: they are those that the platform reads from its text.</summary>
public sealed class CellValueTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Dates_are_those_that_the_platform_reads()
    {
        var date = Gen.Choose(0, 3_652_058).Select(day => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var near = from text in date from at in Gen.Choose(0, 9) from c in Gen.Elements("0123456789-/ Té".ToCharArray()) select text[..at] + c + text[(at + 1)..];
        var wrong = Gen.Elements("", "2011-1-01", "2011-02-29", "2012-02-29", "0000-01-01", "2011-00-10", "2011-13-01", "2011-01-32", "20110131", "2011-01-31 ");
        Properties.Hold(Gen.OneOf(date, near, wrong).ListOf(200), texts => Assert.Equal(
            texts.Select(text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var d) ? d : (DateOnly?)null),
            Column(FieldType.Date, [.. texts]) is DateColumn dates ? Enumerable.Range(0, texts.Count).Select(row => dates[row]) : []), count: 30);
    }

    [Fact]
    public void Truth_values_are_those_of_the_census() => Assert.Equal(
        ["true", "true", "true", "true", "false", "false", "false", "false", "", "", ""],
        Cells(FieldType.Boolean, "true", "TRUE", "True", "1", "false", "FALSE", "False", "0", "yes", "10", ""));

    [Fact]
    public void Whole_numbers_are_of_32_bits() => Assert.Equal(
        ["-12", "2147483647", "7", "", "", "", ""], Cells(FieldType.Integer, "-12", "2147483647", "007", "2147483648", "1.0", " 1", ""));

    [Fact]
    public void Numbers_are_finite_with_a_point() => Assert.Equal(
        ["-0.5", "1E+300", "", "", ""], Cells(FieldType.Number, "-0.5", "1e300", "1e400", "NaN", ""));

    [Fact]
    public void A_text_written_with_an_apostrophe_for_safety_is_read_without_it() =>
        Assert.Equal(["=1+1", "'quoted'", "-"], Cells(FieldType.String, "'=1+1", "'quoted'", "'-"));

    public void Dispose() => folder.Dispose();

    private IEnumerable<string> Cells(FieldType type, params string[] cells)
    {
        var column = Column(type, cells);
        return Enumerable.Range(0, cells.Length).Select(column.Format);
    }

    private Column Column(FieldType type, string[] cells)
    {
        var schema = new TableSchema("t", "T", "A row.", [
            new Field("v", type, "V", "", new FieldConstraints()), new Field("end", FieldType.String, "End", "", new FieldConstraints())], [], [""]);
        return TableReader.Read(schema, folder.File("t.csv", "v,end\n" + string.Concat(cells.Select(cell => cell + ",x\n")))).Rows["v"];
    }
}
