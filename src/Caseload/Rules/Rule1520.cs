using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>
/// Rule 1520: no two children of a return have the same unique pupil number. Children without one, whatever the reason, are not compared;
/// nor are former numbers.
/// </summary>
internal sealed class Rule1520() : Rule("1520", "another child of the same return has the same UPN", nameof(CensusPerson.UPN))
{
    private readonly ReturnKeys seen = new();

    public override void Judge(CensusChild child, RulePlaces places)
    {
        for (var i = 0; i < child.Persons.Count; i++)
        {
            var person = child.Persons[i];
            var repeatsItself = child.Persons.Take(i).Any(before => before.UPN.Text == person.UPN.Text);
            if (person.UPN.IsPresent && !repeatsItself) seen.Add(child.Header, person.UPN, nameof(person.UPN), places);
        }
    }
}
