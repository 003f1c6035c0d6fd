using System.Globalization;
using Caseload.Frames;

namespace Caseload.Simulation;

/// <summary>Grows the rows of the simulated returns: a case stands in the return of every census year in which it was open.</summary>
internal sealed class SimulatedRows
{
    private static readonly string[] Needs = ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N0"];
    private static readonly string[] Sources = ["6", "2A", "3A", "1A", "5A"];
    private static readonly double[] SourceShares = [0.25, 0.16, 0.15, 0.13, 0.31];
    private static readonly string[] Ethnicities = ["WBRI", "WOTH", "MWBC", "MOTH", "APKN", "AIND", "BAFR", "BCRB", "OOTH", "NOBT"];
    private static readonly double[] EthnicityShares = [0.70, 0.05, 0.03, 0.04, 0.04, 0.02, 0.04, 0.03, 0.02, 0.03];
    private static readonly string[] Disabilities = ["NONE", "LD", "AUT", "BEH", "COMM", "MOB"];

    private readonly SimulatedAuthority[] authorities;
    private readonly SimulatedChild[] children;
    private readonly string[] identifiers;
    private readonly List<Row>[] years;

    internal SimulatedRows(SimulatedAuthority[] authorities, SimulatedChild[] children)
    {
        this.authorities = authorities;
        this.children = children;
        years = [.. Enumerable.Range(CourseDraws.FirstYear, CourseDraws.LastYear - CourseDraws.FirstYear + 1).Select(_ => new List<Row>())];
        identifiers = new string[children.Length];
        for (var i = 0; i < children.Length; i++)
            identifiers[i] = "SIM" + authorities[children[i].Authority].Code + (i + 1).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>Adds the referrals of a child.</summary>
    internal void Add(int child, List<SimulatedReferral> referrals, Draws draws)
    {
        var ethnicity = draws.Among(EthnicityShares);
        var disability = children[child] switch
        {
            { DisabilityKnown: false } => TextColumn.Missing,
            { Disabled: false } => 0,
            _ => draws.Between(1, Disabilities.Length - 1),
        };
        foreach (var referral in referrals)
        {
            var source = draws.Among(SourceShares);
            for (var year = 0; year < years.Length; year++)
            {
                var end = CourseDraws.YearEnd(CourseDraws.FirstYear + year);
                var start = year == 0 ? int.MinValue : CourseDraws.YearEnd(CourseDraws.FirstYear + year - 1);
                if (referral.Referral > end || referral.Closure <= start) continue;
                years[year].Add(new Row(child, referral, referral.Closure <= end, ethnicity, disability, source));
            }
        }
    }

    /// <summary>A frame a census year.</summary>
    internal SortedDictionary<int, Frame> Build()
    {
        var frames = new SortedDictionary<int, Frame>();
        for (var i = 0; i < years.Length; i++) frames[CourseDraws.FirstYear + i] = Build(CourseDraws.FirstYear + i, years[i]);
        return frames;
    }

    private Frame Build(int year, List<Row> rows)
    {
        TextColumn Codes(string name, Func<Row, int> code, string[] levels) => new(name, [.. rows.Select(code)], levels);
        DateColumn Days(string name, Func<Row, int> day) => new(name, [.. rows.Select(day)]);
        int Born(Row row) => children[row.Child].Birth;

        // A child who is not born yet at the referral has an expected date of birth only.
        bool Unborn(Row row) => Born(row) > children[row.Child].Referral;
        return new Frame([
            Codes("LEA", r => children[r.Child].Authority, [.. authorities.Select(a => a.Code)]),
            new IntegerColumn("Year", [.. Enumerable.Repeat(year, rows.Count)]),
            Codes("LAchildID", r => r.Child, identifiers),
            Days("PersonBirthDate", r => Unborn(r) ? DateColumn.Missing : Born(r)),
            Days("ExpectedPersonBirthDate", r => Unborn(r) ? Born(r) : DateColumn.Missing),
            Codes("GenderCurrent", r => children[r.Child] is { SexKnown: true, Female: var f } ? (f ? 2 : 1) : 0, ["0", "1", "2"]),
            Codes("Ethnicity", r => r.Ethnicity, Ethnicities),
            Codes("Disabilities", r => r.Disability, Disabilities),
            Days("CINreferralDate", r => r.Referral.Referral),
            Codes("ReferralSource", r => year < 2014 ? TextColumn.Missing : r.Source, Sources),
            Codes("PrimaryNeedCode",
                r => r.Referral.Need >= 0 ? r.Referral.Need : r.Referral.Nfa ? TextColumn.Missing : Needs.Length - 1, Needs),
            Days("CINclosureDate", r => r.Closed ? r.Referral.Closure : DateColumn.Missing),
            Codes("ReasonForClosure", r => !r.Closed ? TextColumn.Missing : r.Referral.Nfa ? 1 : 0, ["RC7", "RC8"]),
            new FlagColumn("ReferralNFA", [.. rows.Select(r => r.Referral.Nfa ? (sbyte)1 : (sbyte)0)]),
            new TextColumn("source_kind", new int[rows.Count], ["simulated"]),
        ]);
    }

    private readonly record struct Row(int Child, SimulatedReferral Referral, bool Closed, int Ethnicity, int Disability, int Source);
}
