using Caseload.Descriptives;
using Caseload.Disclosure;
using Caseload.Effects;
using Caseload.Frames;
using Caseload.Models.MissingData;

namespace Caseload.Results;

/// <summary>
/// The results of a run as they may be shown: what every table, figure, page, file and line of a run is made of. It is a function of
/// totals and groups that <see cref="DisclosurePattern"/> leaves in, and of nothing else.
/// </summary>
public sealed class StudyRelease
{
    private readonly StudyResults results;
    private readonly DisclosurePattern pattern;

    internal StudyRelease(StudyResults results)
    {
        this.results = results;
        Policy = results.Policy;
        pattern = DisclosurePattern.Of(
            new RunCounts(
                results.Outcomes.All, results.Outcomes.Eligible, Modelled(results), [.. results.RiskGroups, .. results.AuthorityGroups])
            {
                Flow = results.Flow, Cumulative = results.Outcomes.Cumulative,
            },
            Policy);
        (Models, ModelObstacle) = ModelRelease.Of(results, pattern);
        Inference = InferenceRelease.Of(results, Models);
        AreaTerms = InferenceRelease.AreaTerms(results, Models);
        MissingData = MissingDataRelease.Of(results, Models, pattern);
    }

    /// <summary>The policy.</summary>
    public DisclosurePolicy Policy { get; }

    /// <summary>Children of the cohort; null is hidden.</summary>
    public int? Children => Total(Splits.Children, results.Children.Cohort);

    /// <summary>Those eligible by age; null is hidden.</summary>
    public int? Eligible => Total(Splits.Eligible, results.Children.Eligible);

    /// <summary>Those of the model; null is hidden.</summary>
    public int? InModel => Total(Splits.Modelled, results.Children.Modelled);

    /// <summary>Re-referred, of all children.</summary>
    public Released Rereferred => If(pattern.Splits.HasFlag(Splits.Outcome), results.Outcomes.All);

    /// <summary>Re-referred, of the eligible.</summary>
    public Released RereferredOfEligible => If(pattern.Splits.HasFlag(Splits.Outcome | Splits.Eligible), results.Outcomes.Eligible);

    /// <summary>Re-referred in at least three census years, of all children.</summary>
    public Released InThreeYears => WithOutcome(results.Outcomes.InThreeYears, results.Outcomes.All.Of);

    /// <summary>The same, of the re-referred.</summary>
    public Released InThreeYearsOfRereferred => WithOutcome(results.Outcomes.InThreeYearsOfRereferred, results.Outcomes.All.Count);

    /// <summary>Same primary need again, within 12 months.</summary>
    public Released SameNeedWithinYear => WithOutcome(results.Outcomes.SameNeedWithinYear, results.Outcomes.All.Count);

    /// <summary>Same primary need again, in the third census year or later.</summary>
    public Released SameNeedLater => WithOutcome(results.Outcomes.SameNeedLater, Later());

    /// <summary>The groups.</summary>
    public IReadOnlyList<ReleasedGroup> Groups => new GroupRelease(Policy, pattern).Groups(results.RiskGroups);

    /// <summary>Modelled children and the others.</summary>
    public IReadOnlyList<ReleasedShare> Shares => new GroupRelease(Policy, pattern).Shares(results.Representation, results.RiskGroups);

    /// <summary>The census years.</summary>
    public IReadOnlyList<ReleasedYear> Years => [.. results.Outcomes.Cumulative.Select(Year)];

    /// <summary>The flow.</summary>
    public IReadOnlyList<ReleasedStep> Flow => [.. results.Flow.Select((step, i) => new ReleasedStep(
        step.Label, pattern.Flow.Shown[i] ? Policy.Round(step.Count) : null, Reasons(i)))];

    /// <summary>How many there are of each kind of counted case; null is hidden.</summary>
    public IReadOnlyList<int?> Cases => [.. results.Cases.Select(c => Policy.Release(c.Count))];

    /// <summary>What linking the years met; null for a cohort that was read from a file.</summary>
    public LinkageRelease? Linkage => LinkageRelease.Of(
        results, code => results.AuthorityGroups.Any(g => g.Code == code) && IsNamed(code));

    /// <summary>What each step of cleaning did.</summary>
    public IReadOnlyList<ReleasedCleaning> Cleaning => CleaningRelease.Of(results);

    /// <summary>The share of children who returned, since their first referral.</summary>
    public IReadOnlyList<ReleasedReturn> ReturnedSinceReferral => SurvivalRelease.FromReferral(results, pattern);

    /// <summary>The share of children who returned, since the closure of their first episode.</summary>
    public IReadOnlyList<ReleasedReturn> ReturnedSinceClosure => SurvivalRelease.FromClosure(results, pattern);

    /// <summary>Which covariates the eligible children lack, by combination; null is hidden.</summary>
    public IReadOnlyList<IncompleteCases>? Incomplete => IncompleteRelease.Of(results, pattern);

    /// <summary>The authorities that may be named, with what is left of each.</summary>
    public IReadOnlyList<AuthorityResidual> Residuals => [.. (Models?.Residuals ?? []).Where(r => IsNamed(r.Authority))];

    /// <summary>Re-referral in the authorities that may be named.</summary>
    public IReadOnlyList<AuthorityRate> AuthorityRates => [.. results.AuthorityRates.Where(r => IsNamed(r.Authority))];

    /// <summary>The models; null where there are none to show.</summary>
    public ModelResults? Models { get; }

    /// <summary>What the models say beyond their estimates; null where there is nothing to show.</summary>
    public StudyInference? Inference { get; }

    /// <summary>The area-level coefficients by other estimators and with other errors.</summary>
    public IReadOnlyList<AreaTermVariant> AreaTerms { get; }

    /// <summary>The choices about missing data, without the coefficients that are withheld; null where there are none to show.</summary>
    public MissingDataResults? MissingData { get; }

    /// <summary>Observed over expected of the authorities that may be named.</summary>
    public AuthorityFunnel Funnel => Models?.Funnel ?? AuthorityFunnel.Empty;

    /// <summary>Why there is no model, or why not all of it is there.</summary>
    public Problem? ModelObstacle { get; }

    /// <summary>A group's share of the children for whom its variable is recorded.</summary>
    /// <param name="variable">The column that makes the groups.</param>
    /// <param name="code">The group's value in that column.</param>
    public Released ShareOf(string variable, string code)
    {
        var known = results.RiskGroups.Where(g => g.Variable == variable).ToArray();
        var recorded = known.Where(g => g.Code.Length > 0).Sum(g => g.All.Of);
        return If(
            pattern.IsShown(variable, code) && pattern.IsShown(variable, ""),
            new Proportion(known.Where(g => g.Code == code).Sum(g => g.All.Of), recorded));
    }

    /// <summary>The modelled children of an authority that may be named; null is hidden.</summary>
    /// <param name="residual">The authority.</param>
    public int? ChildrenOf(AuthorityResidual residual)
    {
        ArgumentNullException.ThrowIfNull(residual);
        return pattern.Splits.HasFlag(Splits.Modelled) ? Policy.Round(residual.Children) : null;
    }

    /// <summary>The models.</summary>
    /// <exception cref="ProblemException">There is none to show; the problem says why.</exception>
    public ModelResults RequireModels() => Models ?? throw new ProblemException(ModelObstacle
        ?? new Problem(
            ProblemKind.NoEstimate, "results without a model", "results of a run with models", "", "Run StudyAnalysis on a cohort."));

    private bool IsNamed(string authority) => pattern.IsShown("authority", authority);

    // The outcome stands last in the table of modelled children.
    private static Proportion? Modelled(StudyResults results) =>
        results.Representation is [.., { } outcome] ? outcome.Modelled : null;

    private int? Total(Splits split, int count) => pattern.Splits.HasFlag(split) && Policy.IsSafe(count) ? Policy.Round(count) : null;

    private Released If(bool isShown, Proportion p) => isShown ? Policy.Show(p) : Released.Suppressed;

    // A part of a known number of children: those, the others of the part, and those outside it may be no few.
    private Released WithOutcome(Proportion p, int outOf) => If(
        pattern.Splits.HasFlag(Splits.Outcome)
            && Policy.IsSafe(p.Count) && Policy.IsSafe(p.Of - p.Count) && Policy.IsSafe(Math.Max(0, outOf - p.Of)), p);

    private ReleasedYear Year(CumulativePoint point, int index)
    {
        var isShown = pattern.Years[index];
        return new ReleasedYear(point.Year, If(isShown, point.All),
            If(isShown && pattern.Splits.HasFlag(Splits.Eligible), point.Eligible), Nfa(index));
    }

    // First re-referrals of a year are told where the years on both sides are, so that their number is no news.
    private Released Nfa(int index)
    {
        var points = results.Outcomes.Cumulative;
        var nfa = results.Outcomes.Nfa[index].Nfa;
        var before = index == 0 ? 0 : points[index - 1].All.Count;
        var isShown = pattern.Years[index] && (index == 0 || pattern.Years[index - 1]);
        return isShown ? WithOutcome(nfa, points[index].All.Count - before) : Released.Suppressed;
    }

    private int Later()
    {
        var points = results.Outcomes.Cumulative;
        return results.Outcomes.All.Count - (points.Count > 1 ? points[1].All.Count : 0);
    }

    private ReleasedReason[] Reasons(int step)
    {
        var excluded = results.Flow[step].Excluded;
        return pattern.Flow.HiddenReasons(step) is { } hidden
            ? [.. excluded.Select((e, i) => new ReleasedReason(e.Reason, hidden[i] ? null : Policy.Round(e.Rows)))]
            : [new ReleasedReason("for reasons that are not shown", null)];
    }
}
