using Caseload.Frames;
using Caseload.Returns.Census;
using Caseload.Schemas;

namespace Caseload.Returns;

/// <summary>Makes the rows of the table "returns" from a return in XML: a row an episode, with the items of its child and header.</summary>
internal static class XmlReturn
{
    private delegate string Cell(CensusHeader header, CensusEpisode episode);

    /// <summary>Adds the rows of a return to a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="path">The return.</param>
    /// <returns>What is odd about the file's form.</returns>
    /// <exception cref="ProblemException">The file is no well-formed CIN census return.</exception>
    internal static IReadOnlyList<Oddity> Append(TableBuilder table, string path)
    {
        using var walk = XmlWalk.Open(path);
        if (walk.IsWindows1252) table.Note($"{walk.File} is not UTF-8 and was read as Windows-1252.");
        Cell[] sources = [.. table.Schema.Fields.Select(field => CellOf(field.Name))];
        var cells = new string[sources.Length];
        foreach (var child in walk.Children())
        {
            foreach (var episode in child.Episodes)
            {
                for (var i = 0; i < cells.Length; i++) cells[i] = sources[i](child.Header, episode);
                table.AddRow(walk.File, episode.Line, cells);
            }
        }

        return walk.Oddities;
    }

    // A column that the census does not have stays empty.
    private static Cell CellOf(string column) => column switch
    {
        "LEA" => (header, _) => header.Lea,
        "Year" => (header, _) => header.Year,
        "source_kind" => (header, _) => header.SoftwareCode == SimulatedReturn.SoftwareCode ? "simulated" : "",
        "LAchildID" => (_, episode) => episode.Person.LAchildID.Text,
        "UPN" => (_, episode) => episode.Person.UPN.Text,
        "FormerUPN" => (_, episode) => episode.Person.FormerUPN.Text,
        "UPNunknown" => (_, episode) => episode.Person.UPNunknown.Text,
        "PersonBirthDate" => (_, episode) => episode.Person.PersonBirthDate.Text,
        "ExpectedPersonBirthDate" => (_, episode) => episode.Person.ExpectedPersonBirthDate.Text,
        "PersonDeathDate" => (_, episode) => episode.Person.PersonDeathDate.Text,
        "GenderCurrent" => (_, episode) => episode.Person.GenderCurrent.Text,
        "Ethnicity" => (_, episode) => episode.Person.Ethnicity.Text,
        "Disabilities" => (_, episode) => Join(episode.Person.Disabilities, disability => disability),
        "CINreferralDate" => (_, episode) => episode.CINreferralDate.Text,
        "ReferralSource" => (_, episode) => episode.ReferralSource.Text,
        "PrimaryNeedCode" => (_, episode) => episode.PrimaryNeedCode.Text,
        "CINclosureDate" => (_, episode) => episode.CINclosureDate.Text,
        "ReasonForClosure" => (_, episode) => episode.ReasonForClosure.Text,
        "ReferralNFA" => (_, episode) => episode.ReferralNFA.Text,
        "DateOfInitialCPC" => (_, episode) => episode.DateOfInitialCPC.Text,
        "AssessmentActualStartDate" => (_, episode) => Join(episode.Assessments, a => a.AssessmentActualStartDate),
        "CINPlanStartDate" => (_, episode) => Join(episode.CINPlanDates, p => p.CINPlanStartDate),
        "S47ActualStartDate" => (_, episode) => Join(episode.Section47, s => s.S47ActualStartDate),
        "CPPstartDate" => (_, episode) => Join(episode.ChildProtectionPlans, p => p.CPPstartDate),
        _ => (_, _) => "",
    };

    private static string Join<T>(IReadOnlyList<T> records, Func<T, CensusItem> item)
    {
        if (records.Count == 0) return "";
        if (records.Count == 1) return item(records[0]).Text;
        return string.Join(';', records.Select(record => item(record).Text).Where(text => text.Length > 0));
    }
}
