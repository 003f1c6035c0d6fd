using Caseload.Returns.Census;
using Caseload.Schemas;

namespace Caseload.Rules;

/// <summary>Rule 4220: ethnicity is given by one of its codes.</summary>
internal sealed class Rule4220(CodeList ethnicities) : PersonRule(
    "4220", "ethnicity is missing or none of its codes", nameof(CensusPerson.Ethnicity))
{
    private readonly HashSet<string> codes = ethnicities.Codes.Select(code => code.Key).ToHashSet(StringComparer.Ordinal);

    protected override void Judge(CensusPerson person, CensusChild child, RulePlaces places)
    {
        if (!codes.Contains(person.Ethnicity.Text)) places.Add(person.Ethnicity, nameof(person.Ethnicity), person.Line);
    }
}
