using Caseload.Frames;
using Caseload.Schemas;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests.Schemas;

public sealed class TableReaderTests : IDisposable
{
    private static readonly TableSchema Schema = new("t", "Test table", "A row.", [
        new Field("id", FieldType.String, "Identifier", "", new FieldConstraints(Required: true, Unique: true), Identifying: true),
        new Field("need", FieldType.String, "Need", "", new FieldConstraints(Codes: ["N1", "N2"])),
        new Field("codes", FieldType.String, "Codes", "", new FieldConstraints(Codes: ["A", "B"]), Optional: true, Separator: ';'),
        new Field("date", FieldType.Date, "Date", "", new FieldConstraints(Required: true, MinimumDate: new DateOnly(1930, 1, 1))),
        new Field("rate", FieldType.Number, "Rate", "", new FieldConstraints(Minimum: 0, Maximum: 10), Optional: true),
        new Field("flag", FieldType.Boolean, "Flag", "", new FieldConstraints(), Optional: true),
    ], [], [""]);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Good_rows_are_read_with_their_types_and_their_place()
    {
        var reading = Read("need,id,date,flag\nN1,a,2011-01-31,TRUE\n,b,2011-02-28,0\n");

        Assert.Equal(0, reading.FindingCount);
        Assert.Equal([1, 0], reading.Rows.Flag("flag").Values.ToArray().Select(v => (int)v));
        Assert.Equal(new DateOnly(2011, 2, 28), reading.Rows.Date("date")[1]);
        Assert.True(reading.Rows["need"].IsMissing(1));
        Assert.Equal([2, 3], reading.Rows.Integer(TableReader.LineColumn).Values.ToArray());
    }

    [Theory]
    [InlineData("N7", "2011-01-31", "1", "need", "\"N7\"", "one of N1 N2")]
    [InlineData("N1", "31/01/2011", "1", "date", "\"31/01/2011\"", "a date as yyyy-MM-dd")]
    [InlineData("N1", "1900-01-31", "1", "date", "\"1900-01-31\"", "a date from 1930-01-01 on")]
    [InlineData("N1", "2011-01-31", "11", "rate", "\"11\"", "at most 10")]
    [InlineData("N1", "2011-01-31", "1.5.", "rate", "\"1.5.\"", "a number with a point as the decimal mark")]
    public void A_bad_cell_is_told_with_file_line_column_value_and_what_was_expected(
        string need, string date, string rate, string column, string found, string expected)
    {
        var finding = Assert.Single(Read($"id,need,date,rate\nok,N1,2011-01-01,1\nbad,{need},{date},{rate}\n").Findings);

        Assert.EndsWith("t.csv", finding.File, StringComparison.Ordinal);
        Assert.Equal((3, column, found, expected), (finding.Line, finding.Column, finding.Found, finding.Expected));
    }

    [Fact]
    public void A_bad_cell_becomes_missing_and_its_row_stays_unless_the_cell_is_required()
    {
        var reading = Read("id,need,date\na,N7,2011-01-31\nb,N1,soon\nc,N1,\n");

        Assert.Equal(1, reading.Rows.RowCount);
        Assert.True(reading.Rows["need"].IsMissing(0));
        Assert.Equal([new Exclusion("Date missing", 1), new Exclusion("Date not readable", 1)], reading.Exclusions);
    }

    [Fact]
    public void Every_row_is_kept_or_counted_under_a_reason()
    {
        var cell = Gen.Elements("N1", "N2", "N7", "", "2011-01-31", "x");
        var rows = (from need in cell from date in cell select $"{need},{date}").ListOf();
        Prop.ForAll(Arb.From(rows), list =>
        {
            var reading = Read("id,need,date\n" + string.Concat(list.Select((row, i) => $"id{i},{row}\n")));
            return reading.RowsRead == list.Count && reading.Rows.RowCount + reading.Exclusions.Sum(e => e.Rows) == reading.RowsRead;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_row_that_is_cut_short_is_counted_and_told()
    {
        var reading = Read("id,need,date\na,N1\nb,N1,2011-01-31\n");

        Assert.Equal(1, reading.Rows.RowCount);
        Assert.Equal(("(row)", "2 cells"), (reading.Findings[0].Column, reading.Findings[0].Found));
    }

    [Fact]
    public void Findings_are_kept_up_to_a_limit_and_counted_beyond_it()
    {
        var reading = Read("id,need,date\n" + string.Concat(Enumerable.Range(0, TableBuilder.FindingLimit + 50).Select(i => $"{i},N7,2011-01-31\n")));

        Assert.Equal(TableBuilder.FindingLimit, reading.Findings.Count);
        Assert.Equal(TableBuilder.FindingLimit + 50, reading.FindingCount);
    }

    [Fact]
    public void Several_codes_in_a_cell_are_each_held_against_the_list()
    {
        var reading = Read("id,need,date,codes\na,N1,2011-01-31,A;B\nb,N1,2011-01-31,A;C\n");

        Assert.Equal("codes", Assert.Single(reading.Findings).Column);
        Assert.Equal("A;B", reading.Rows.Text("codes")[0]);
    }

    [Fact]
    public void A_key_that_occurs_twice_is_told_without_its_value()
    {
        var finding = Assert.Single(Read("id,need,date\nsecret,N1,2011-01-31\nsecret,N1,2011-01-31\n").Findings);

        Assert.Equal(("id", "the same key as on line 2"), (finding.Column, finding.Found));
        Assert.DoesNotContain("secret", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_could_identify_a_child_is_shown_by_its_shape()
    {
        var need = Schema.Fields[1];

        Assert.Equal("text of the shape A999999999999", CellShape.Show(need, "A123456789012"));
        Assert.Equal("text of the shape AA99-99", CellShape.Show(Schema.Fields[0], "AB12-34"));
        Assert.Equal("\"N77\"", CellShape.Show(need, "N77"));
    }

    [Fact]
    public void A_column_that_is_required_and_absent_is_a_problem_that_lists_those_there_are()
    {
        var problem = Assert.Throws<ProblemException>(() => Read("id,Need,when\na,N1,2011-01-31\n")).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains("no column need, date; the columns are id, Need, when", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_the_contract_does_not_know_are_noted_and_left_aside()
    {
        Assert.Contains("postcode", Assert.Single(Read("id,need,date,postcode\na,N1,2011-01-31,BA1\n").Notes), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private TableReading Read(string text) => TableReader.Read(Schema, folder.File("t.csv", text));
}
