using System.Text;

namespace Caseload.Tests.Rules;

/// <summary>An episode of a fixture. What is empty does not stand in the return.</summary>
internal sealed record FixtureEpisode
{
    public string Referral { get; init; } = "2014-06-02";
    public string Source { get; init; } = "1A";
    public string Need { get; init; } = "N1";
    public string Closure { get; init; } = "";
    public string Reason { get; init; } = "";
    public string Conference { get; init; } = "";
    public string Assessment { get; init; } = "";
    public string Plan { get; init; } = "";
    public string Section47 { get; init; } = "";
    public string Nfa { get; init; } = "false";
    public string ProtectionPlan { get; init; } = "";
}

/// <summary>A child of a fixture; as it stands it breaks no rule.</summary>
internal sealed record FixtureChild
{
    public FixtureChild(params FixtureEpisode[] episodes) => Episodes = episodes;

    public string Id { get; init; } = "A1";
    public string Upn { get; init; } = "";
    public string Birth { get; init; } = "2005-06-01";
    public string ExpectedBirth { get; init; } = "";
    public string Death { get; init; } = "";
    public string Gender { get; init; } = "1";
    public string Ethnicity { get; init; } = "WBRI";
    public string Disabilities { get; init; } = "NONE";
    public FixtureEpisode[] Episodes { get; init; }
}

/// <summary>A tiny return, written as XML or as a flat table. Every child and episode stands on a line of its own.</summary>
internal sealed record FixtureReturn(int Year, params FixtureChild[] Children)
{
    internal const string Columns = "LEA,Year,LAchildID,UPN,PersonBirthDate,ExpectedPersonBirthDate,PersonDeathDate,GenderCurrent,Ethnicity,"
        + "Disabilities,CINreferralDate,ReferralSource,PrimaryNeedCode,CINclosureDate,ReasonForClosure,DateOfInitialCPC,"
        + "AssessmentActualStartDate,CINPlanStartDate,S47ActualStartDate,ReferralNFA,CPPstartDate";

    internal string Xml()
    {
        var text = new StringBuilder();
        text.Append("<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>").Append(Year).Append("</Year><ReferenceDate>").Append(Year)
            .Append("-03-31</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>201</LEA></Source></Header><Children>\n");
        foreach (var child in Children)
        {
            text.Append("<Child><ChildIdentifiers>")
                .Append(Item("LAchildID", child.Id)).Append(Item("UPN", child.Upn)).Append(Item("PersonBirthDate", child.Birth))
                .Append(Item("ExpectedPersonBirthDate", child.ExpectedBirth)).Append(Item("GenderCurrent", child.Gender))
                .Append(Item("PersonDeathDate", child.Death)).Append("</ChildIdentifiers><ChildCharacteristics>").Append(Item("Ethnicity", child.Ethnicity));
            if (child.Disabilities.Length > 0)
                text.Append("<Disabilities>").AppendJoin("", child.Disabilities.Split(';').Select(d => Item("Disability", d))).Append("</Disabilities>");
            text.Append("</ChildCharacteristics>\n");
            foreach (var e in child.Episodes)
            {
                text.Append("<CINdetails>").Append(Item("CINreferralDate", e.Referral)).Append(Item("ReferralSource", e.Source))
                    .Append(Item("PrimaryNeedCode", e.Need)).Append(Item("CINclosureDate", e.Closure)).Append(Item("ReasonForClosure", e.Reason))
                    .Append(Item("DateOfInitialCPC", e.Conference)).Append(Group("Assessments", Item("AssessmentActualStartDate", e.Assessment)))
                    .Append(Group("CINPlanDates", Item("CINPlanStartDate", e.Plan))).Append(Group("Section47", Item("S47ActualStartDate", e.Section47)))
                    .Append(Item("ReferralNFA", e.Nfa)).Append(Group("ChildProtectionPlans", Item("CPPstartDate", e.ProtectionPlan)))
                    .Append("</CINdetails>\n");
            }

            text.Append("</Child>\n");
        }

        return text.Append("</Children></Message>").ToString();
    }

    internal string Csv()
    {
        var text = new StringBuilder(Columns).Append('\n');
        foreach (var child in Children)
        {
            foreach (var e in child.Episodes)
            {
                text.AppendJoin(',', "201", Year, child.Id, child.Upn, child.Birth, child.ExpectedBirth, child.Death, child.Gender, child.Ethnicity,
                    child.Disabilities, e.Referral, e.Source, e.Need, e.Closure, e.Reason, e.Conference, e.Assessment, e.Plan, e.Section47, e.Nfa,
                    e.ProtectionPlan).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Item(string name, string text) => text.Length == 0 ? "" : $"<{name}>{text}</{name}>";

    private static string Group(string name, string items) => items.Length == 0 ? "" : $"<{name}>{items}</{name}>";
}
