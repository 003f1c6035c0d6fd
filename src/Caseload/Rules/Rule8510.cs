using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>
/// Rule 8510: no two child records of a return have the same LAchildID. In a flat table all rows of one LAchildID are one child's, so a
/// repeated record cannot be told from a second referral.
/// </summary>
internal sealed class Rule8510() : Rule(
    "8510", "another child record of the same return has the same LAchildID", nameof(CensusPerson.LAchildID))
{
    private readonly ReturnKeys seen = new();

    public override string? WhyNotJudged(CensusForm form) =>
        form.IsFlat ? "the rows of one LAchildID in a flat table are one child's by definition" : null;

    public override void Judge(CensusChild child, RulePlaces places)
    {
        foreach (var person in child.Persons)
        {
            if (person.LAchildID.IsPresent) seen.Add(child.Header, person.LAchildID, nameof(person.LAchildID), places);
        }
    }
}
