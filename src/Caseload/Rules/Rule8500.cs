using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8500: every child has the identifier that the authority gives.</summary>
internal sealed class Rule8500() : PersonRule("8500", "LAchildID is missing", nameof(CensusPerson.LAchildID))
{
    protected override void Judge(CensusPerson person, CensusChild child, RulePlaces places)
    {
        if (!person.LAchildID.IsPresent) places.Add(person.LAchildID, nameof(person.LAchildID), person.Line);
    }
}
