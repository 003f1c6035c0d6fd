using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>
/// Rule 8569Q: a referral of before the census year is not one without further action. One working day of grace before 1 April is given,
/// for referrals that are decided on the day after.
/// </summary>
internal sealed class Rule8569Q() : EpisodeRule(
    "8569Q", "the referral ended in no further action and is older than one working day before 1 April of the census year",
    nameof(CensusEpisode.CINreferralDate), nameof(CensusEpisode.ReferralNFA))
{
    public override string? WhyNotJudged(CensusHeader header) => CensusYearReason.For(header);

    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.CINreferralDate.Date is not { } referral || episode.ReferralNFA.Flag != true) return;
        if (header.PeriodStart is { } start && referral < start && referral < WorkingDays.Before(start))
            places.Add(episode.CINreferralDate, nameof(episode.CINreferralDate), episode.Line);
    }
}
