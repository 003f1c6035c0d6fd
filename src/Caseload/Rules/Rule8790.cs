using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8790: where NONE is given, no disability stands beside it.</summary>
internal sealed class Rule8790() : PersonRule("8790", "the disability NONE stands beside another disability", "Disabilities")
{
    protected override void Judge(CensusPerson person, CensusChild child, RulePlaces places)
    {
        if (person.Disabilities.Count < 2) return;
        var none = person.Disabilities.Where(IsNone).ToArray();
        if (none.Length > 0 && none.Length < person.Disabilities.Count)
            places.Add(none[0], nameof(person.Disabilities), person.Line);
    }

    private static bool IsNone(CensusItem disability) => disability.Text.Equals("NONE", StringComparison.OrdinalIgnoreCase);
}
