using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8590: every child has at least one episode. A flat table has no row for one who has none.</summary>
internal sealed class Rule8590() : Rule("8590", "the child has no episode (CINdetails)")
{
    public override string? WhyNotJudged(CensusForm form) =>
        form.IsFlat ? "a flat table has a row a referral, and none for a child without one" : null;

    public override void Judge(CensusChild child, RulePlaces places)
    {
        if (child.Episodes.Count == 0) places.Add(child.Line, "CINdetails");
    }
}
