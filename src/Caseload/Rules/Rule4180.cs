using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 4180: gender is given by one of its codes; from 2024-25 sex stands in its place, with codes of its own.</summary>
internal sealed class Rule4180() : PersonRule(
    "4180", "gender is missing or none of 0, 1, 2, 9 (from 2024-25 sex: M, F, U)", nameof(CensusPerson.GenderCurrent))
{
    private const int FirstYearOfSex = 2025;

    public override string? WhyNotJudged(CensusHeader header) => CensusYearReason.For(header);

    protected override void Judge(CensusPerson person, CensusChild child, RulePlaces places)
    {
        var valid = child.Header.CensusYear >= FirstYearOfSex
            ? person.GenderCurrent.Text is "M" or "F" or "U"
            : person.GenderCurrent.Text is "0" or "1" or "2" or "9";
        if (!valid) places.Add(person.GenderCurrent, nameof(person.GenderCurrent), person.Line);
    }
}
