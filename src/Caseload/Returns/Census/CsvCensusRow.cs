using Caseload.Frames.Csv;

namespace Caseload.Returns.Census;

/// <summary>Which rows of a flat table are one child's.</summary>
/// <param name="Lea">The authority.</param>
/// <param name="Year">The census year.</param>
/// <param name="LAchildID">The child; empty where it is missing, and then the row stands alone.</param>
internal readonly record struct CsvChildKey(string Lea, string Year, string LAchildID);

/// <summary>Knows in which column of a flat table each census item stands, and makes a child's records from its rows.</summary>
internal sealed class CsvCensusRow
{
    private readonly int lea, year, child, upn, formerUpn, upnUnknown, birth, expectedBirth, death, gender, ethnicity, disabilities;
    private readonly int referral, source, need, closure, reason, nfa, conference, assessment, plan, section47, protectionPlan;

    internal CsvCensusRow(IReadOnlyList<string> columns)
    {
        var places = columns.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i, StringComparer.Ordinal);
        int At(string name) => places.GetValueOrDefault(name, -1);
        (lea, year, child) = (At("LEA"), At("Year"), At("LAchildID"));
        (upn, formerUpn, upnUnknown) = (At("UPN"), At("FormerUPN"), At("UPNunknown"));
        (birth, expectedBirth, death) = (At("PersonBirthDate"), At("ExpectedPersonBirthDate"), At("PersonDeathDate"));
        (gender, ethnicity, disabilities) = (At("GenderCurrent"), At("Ethnicity"), At("Disabilities"));
        (referral, source, need) = (At("CINreferralDate"), At("ReferralSource"), At("PrimaryNeedCode"));
        (closure, reason, nfa, conference) = (At("CINclosureDate"), At("ReasonForClosure"), At("ReferralNFA"), At("DateOfInitialCPC"));
        (assessment, plan) = (At("AssessmentActualStartDate"), At("CINPlanStartDate"));
        (section47, protectionPlan) = (At("S47ActualStartDate"), At("CPPstartDate"));
    }

    internal CsvChildKey KeyOf(CsvRows rows) => new(Text(rows, lea), Text(rows, year), Text(rows, child));

    /// <summary>Adds what a row says to the child that it belongs to.</summary>
    internal void AddTo(CensusChild to, CsvRows rows)
    {
        var person = Person(rows);
        if (to.Persons.Count > 0 && to.Persons[^1].SaysTheSameAs(person)) person = to.Persons[^1];
        else to.Add(person);
        var episode = new CensusEpisode
        {
            Person = person,
            Line = rows.Line,
            CINreferralDate = Item(rows, referral),
            ReferralSource = Item(rows, source),
            PrimaryNeedCode = Item(rows, need),
            CINclosureDate = Item(rows, closure),
            ReasonForClosure = Item(rows, reason),
            DateOfInitialCPC = Item(rows, conference),
            ReferralNFA = Item(rows, nfa),
        };
        foreach (var start in Items(rows, assessment)) episode.Add(new CensusAssessment(rows.Line, start));
        foreach (var start in Items(rows, plan)) episode.Add(new CensusPlan(rows.Line, start));
        foreach (var start in Items(rows, section47)) episode.Add(new CensusSection47(rows.Line, start));
        foreach (var start in Items(rows, protectionPlan)) episode.Add(new CensusProtectionPlan(rows.Line, start));
        to.Add(episode);
    }

    private static string Text(CsvRows rows, int column) => column < 0 ? "" : rows[column];

    private static CensusItem Item(CsvRows rows, int column) => new(Text(rows, column), rows.Line);

    private static CensusItem[] Items(CsvRows rows, int column)
    {
        var text = Text(rows, column);
        return text.Length == 0 ? [] : [.. text.Split(';').Select(part => new CensusItem(part, rows.Line))];
    }

    private CensusPerson Person(CsvRows rows)
    {
        var person = new CensusPerson
        {
            Line = rows.Line,
            LAchildID = Item(rows, child),
            UPN = Item(rows, upn),
            FormerUPN = Item(rows, formerUpn),
            UPNunknown = Item(rows, upnUnknown),
            PersonBirthDate = Item(rows, birth),
            ExpectedPersonBirthDate = Item(rows, expectedBirth),
            PersonDeathDate = Item(rows, death),
            GenderCurrent = Item(rows, gender),
            Ethnicity = Item(rows, ethnicity),
        };
        foreach (var code in Items(rows, disabilities)) person.AddDisability(code);
        return person;
    }
}
