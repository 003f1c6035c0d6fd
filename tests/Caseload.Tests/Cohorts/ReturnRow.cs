using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Tests.Cohorts;

/// <summary>A row of a return, of which everything may be said; an empty text is an empty cell.</summary>
internal sealed record ReturnRow
{
    public string Lea { get; init; } = "201";

    public int Year { get; init; } = 2011;

    public string Id { get; init; } = "A";

    public string Upn { get; init; } = "";

    public string Birth { get; init; } = "2003-01-01";

    public string Expected { get; init; } = "";

    public string Death { get; init; } = "";

    public string Gender { get; init; } = "2";

    public string Ethnicity { get; init; } = "WBRI";

    public string Disabilities { get; init; } = "NONE";

    public string Referral { get; init; } = "2010-05-01";

    public string Source { get; init; } = "";

    public string Need { get; init; } = "N1";

    public string Closure { get; init; } = "2010-06-01";

    public string Reason { get; init; } = "RC7";

    public string Nfa { get; init; } = "0";
}

/// <summary>Returns of sample rows, written as CSV and read by the kit's own reader.</summary>
internal static class SampleReturns
{
    private const string Header =
        "LEA,Year,LAchildID,UPN,PersonBirthDate,ExpectedPersonBirthDate,PersonDeathDate,GenderCurrent,Ethnicity,Disabilities,"
        + "CINreferralDate,ReferralSource,PrimaryNeedCode,CINclosureDate,ReasonForClosure,ReferralNFA\n";

    private static readonly TableSchema Schema = DataPackage.Load().Table("returns");

    /// <summary>Authorities 201 to 208 have figures.</summary>
    public static AreaTable Areas { get; } = new([.. Enumerable.Range(201, 8).Select(code =>
        new Area(FormattableString.Invariant($"{code}"), $"Authority {code}", null, 550, 12, 2011))]);

    /// <summary>Reads rows, from one file or from several.</summary>
    public static ReturnSet Read(IEnumerable<ReturnRow> rows, int files = 1)
    {
        using var folder = new TemporaryFolder();
        var all = rows.ToArray();
        var paths = Enumerable.Range(0, files).Select(file => folder.File(
            FormattableString.Invariant($"r{file}.csv"), Header + string.Concat(all.Where((_, i) => i % files == file).Select(Line)))).ToArray();
        var read = ReturnsReader.ReadFiles(Schema, paths);
        Assert.Equal(0, read.Reading.FindingCount);
        return read;
    }

    /// <summary>The cohort of rows; a row of 2016 that is no part of it makes the follow-up whole.</summary>
    public static Cohort Cohort(CohortSettings settings, params ReturnRow[] rows) => CohortBuilder.Build(
        Read(rows.Append(new ReturnRow { Lea = "208", Year = 2016, Id = "ZZ", Referral = "2016-03-01", Closure = "" })), Areas, settings);

    /// <summary>The only child of rows.</summary>
    public static Dictionary<string, string> Child(params ReturnRow[] rows)
    {
        var children = Cohort(new CohortSettings(), rows).Children;
        Assert.Equal(1, children.RowCount);
        return children.Columns.ToDictionary(c => c.Name, c => c.Format(0));
    }

    /// <summary>The cells of a column.</summary>
    public static string[] Cells(Frame frame, string column) => [.. Enumerable.Range(0, frame.RowCount).Select(frame[column].Format)];

    private static string Line(ReturnRow r) => FormattableString.Invariant(
        $"{r.Lea},{r.Year},{r.Id},{r.Upn},{r.Birth},{r.Expected},{r.Death},{r.Gender},{r.Ethnicity},{r.Disabilities},{r.Referral},{r.Source},{r.Need},{r.Closure},{r.Reason},{r.Nfa}\n");
}
