using Caseload.Schemas;

namespace Caseload.Returns.Census;

/// <summary>Which rows of a flat table are one child's.</summary>
/// <param name="Lea">The authority.</param>
/// <param name="Year">The census year.</param>
/// <param name="LAchildID">The child; empty where it is missing, and then the row stands alone.</param>
internal readonly record struct FlatChildKey(string Lea, string Year, string LAchildID);

/// <summary>Knows from which columns of a flat table each census item comes, and makes a child's records from its rows.</summary>
internal sealed class FlatCensusRow
{
    private readonly CellSource? lea, year, child, upn, formerUpn, upnUnknown, birth, expectedBirth, death, gender, ethnicity, disabilities;
    private readonly CellSource? referral, source, need, closure, reason, nfa, conference, assessment, plan, section47, protectionPlan;

    internal FlatCensusRow(TableSchema schema, ColumnMap? map, FlatRows rows)
    {
        var sources = CellSource.Of(schema, map, rows).ToDictionary(source => schema.Fields[source.Field].Name, StringComparer.Ordinal);
        CellSource? At(string name) => sources.GetValueOrDefault(name);
        Items = sources.Keys.ToHashSet(StringComparer.Ordinal);
        (lea, year, child) = (At("LEA"), At("Year"), At("LAchildID"));
        (upn, formerUpn, upnUnknown) = (At("UPN"), At("FormerUPN"), At("UPNunknown"));
        (birth, expectedBirth, death) = (At("PersonBirthDate"), At("ExpectedPersonBirthDate"), At("PersonDeathDate"));
        (gender, ethnicity, disabilities) = (At("GenderCurrent"), At("Ethnicity"), At("Disabilities"));
        (referral, source, need) = (At("CINreferralDate"), At("ReferralSource"), At("PrimaryNeedCode"));
        (closure, reason, nfa, conference) = (At("CINclosureDate"), At("ReasonForClosure"), At("ReferralNFA"), At("DateOfInitialCPC"));
        (assessment, plan) = (At("AssessmentActualStartDate"), At("CINPlanStartDate"));
        (section47, protectionPlan) = (At("S47ActualStartDate"), At("CPPstartDate"));
    }

    /// <summary>The census items that the table holds.</summary>
    internal IReadOnlySet<string> Items { get; }

    internal FlatChildKey KeyOf(FlatRows rows) => new(Text(rows, lea), Text(rows, year), Text(rows, child));

    /// <summary>Adds what a row says to the child that it belongs to.</summary>
    internal void AddTo(CensusChild to, FlatRows rows)
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
        foreach (var start in List(rows, assessment)) episode.Add(new CensusAssessment(rows.Line, start));
        foreach (var start in List(rows, plan)) episode.Add(new CensusPlan(rows.Line, start));
        foreach (var start in List(rows, section47)) episode.Add(new CensusSection47(rows.Line, start));
        foreach (var start in List(rows, protectionPlan)) episode.Add(new CensusProtectionPlan(rows.Line, start));
        to.Add(episode);
    }

    private static string Text(FlatRows rows, CellSource? source) => source?.Text(rows) ?? "";

    private static CensusItem Item(FlatRows rows, CellSource? source) => new(Text(rows, source), rows.Line);

    private static CensusItem[] List(FlatRows rows, CellSource? source)
    {
        var text = Text(rows, source);
        return text.Length == 0 ? [] : [.. text.Split(';').Select(part => new CensusItem(part, rows.Line))];
    }

    private CensusPerson Person(FlatRows rows)
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
        foreach (var code in List(rows, disabilities)) person.AddDisability(code);
        return person;
    }
}
