using Caseload.Returns.Census;
using Caseload.Schemas;

namespace Caseload.Rules;

/// <summary>
/// Rule 8540: a child who is born, and one of whose referrals led to further action, has one or more disabilities (NONE is one), each by
/// its code.
/// </summary>
internal sealed class Rule8540(CodeList disabilities) : PersonRule(
    "8540", "disability is missing or none of its codes, of a child who is born and had further action",
    "Disabilities", nameof(CensusPerson.PersonBirthDate), nameof(CensusEpisode.ReferralNFA))
{
    private readonly HashSet<string> codes = disabilities.Codes.Select(code => code.Key).ToHashSet(StringComparer.Ordinal);

    protected override void Judge(CensusPerson person, CensusChild child, RulePlaces places)
    {
        if (!person.PersonBirthDate.IsPresent || !child.Episodes.Any(e => e.ReferralNFA.Flag == false)) return;
        if (person.Disabilities.Count == 0) places.Add(person.Line, nameof(person.Disabilities));
        foreach (var disability in person.Disabilities)
        {
            if (!codes.Contains(disability.Text)) places.Add(disability, nameof(person.Disabilities), person.Line);
        }
    }
}
