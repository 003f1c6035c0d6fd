using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8520: a date of birth, where there is one, lies on or before 31 March of the census year.</summary>
internal sealed class Rule8520() : PersonRule(
    "8520", "the date of birth is no date, or lies after 31 March of the census year", nameof(CensusPerson.PersonBirthDate))
{
    public override string? WhyNotJudged(CensusHeader header) => CensusYearReason.For(header);

    protected override void Judge(CensusPerson person, CensusChild child, RulePlaces places)
    {
        if (!person.PersonBirthDate.IsPresent) return;
        if (person.PersonBirthDate.Date is not { } birth || birth > child.Header.PeriodEnd)
            places.Add(person.PersonBirthDate, nameof(person.PersonBirthDate), person.Line);
    }
}
