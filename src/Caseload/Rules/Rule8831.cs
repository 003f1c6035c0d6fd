using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>
/// Rule 8831: a referral that ended in no further action has no assessment, enquiry under section 47 or initial child protection
/// conference. A flat table that holds some of the three can break the rule, and cannot pass it; nor can a return of before 2012-13.
/// </summary>
/// <remarks>
/// Actual start dates of assessments were first collected in 2012-13: Department for Education, "CIN 2012-13" (page of the census, 2012).
/// </remarks>
internal sealed class Rule8831() : EpisodeRule(
    "8831", "the referral ended in no further action and has an assessment, a section 47 enquiry or an initial conference",
    nameof(CensusEpisode.ReferralNFA))
{
    private const int FirstYearOfActualStarts = 2013;

    private static readonly string[] Activities =
    [
        nameof(CensusAssessment.AssessmentActualStartDate), nameof(CensusSection47.S47ActualStartDate),
        nameof(CensusEpisode.DateOfInitialCPC),
    ];

    public override string? WhyNotJudged(CensusForm form) =>
        base.WhyNotJudged(form) ?? (Activities.Any(form.Holds) ? null : Without(form, Activities));

    public override string? WhyNotPassed(CensusForm form) => Without(form, Activities);

    public override string? WhyNotPassed(CensusHeader header) => header.CensusYear < FirstYearOfActualStarts
        ? "the actual start dates of assessments were first collected in 2012-13"
        : null;

    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.ReferralNFA.Flag != true) return;
        if (episode.Assessments.Any(a => a.AssessmentActualStartDate.IsPresent || a.AssessmentAuthorisationDate.IsPresent))
            places.Add(episode.Assessments[0].Line, "Assessments");
        else if (episode.Section47.Any(s => s.S47ActualStartDate.IsPresent || s.DateOfInitialCPC.IsPresent))
            places.Add(episode.Section47[0].Line, "Section47");
        else if (episode.DateOfInitialCPC.IsPresent)
            places.Add(episode.DateOfInitialCPC, nameof(episode.DateOfInitialCPC), episode.Line);
    }
}
