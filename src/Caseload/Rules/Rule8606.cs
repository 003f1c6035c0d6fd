using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8606: no referral lies more than 40 weeks before the date of birth or the expected date of birth.</summary>
internal sealed class Rule8606() : EpisodeRule(
    "8606", "the referral lies more than 40 weeks before the date of birth or the expected date of birth",
    nameof(CensusEpisode.CINreferralDate), nameof(CensusPerson.PersonBirthDate))
{
    private const int LongestPregnancyInDays = 280;

    public override string? WhyNotPassed(CensusForm form) => Without(form, [nameof(CensusPerson.ExpectedPersonBirthDate)]);

    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.CINreferralDate.Date is not { } referral) return;
        if (IsTooEarly(referral, episode.Person.PersonBirthDate) || IsTooEarly(referral, episode.Person.ExpectedPersonBirthDate))
            places.Add(episode.CINreferralDate, nameof(episode.CINreferralDate), episode.Line);
    }

    private static bool IsTooEarly(DateOnly referral, CensusItem birth) =>
        birth.Date is { } born && born.DayNumber - referral.DayNumber > LongestPregnancyInDays;
}
