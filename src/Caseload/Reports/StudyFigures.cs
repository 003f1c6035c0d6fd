using System.Globalization;
using Caseload.Effects;
using Caseload.Figures;
using Caseload.Figures.Charts;
using Caseload.Models;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The figures of a run: the same ones stand in the report and in the notebooks.</summary>
public static class StudyFigures
{
    private const int FewestAtRisk = 10;

    /// <summary>The names of all figures that a run can have, whether or not it has them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["flow", "cumulative", "returned", "risk-groups", "odds-ratios", "interaction", "caterpillar", "funnel"];

    /// <summary>The steps from what was read to the children of the model.</summary>
    /// <param name="results">The results of a run.</param>
    public static Figure Flow(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);

        // In the diagram a reason stands beside the step that the children leave; in the steps it stands at the one that they do not reach.
        FlowBox[] boxes =
        [
            .. results.Release().Flow.Select(step => new FlowBox(
                step.Label, step.Count, [.. step.Excluded.Select(e => new FlowExclusion(e.Reason, e.Count))])),
        ];
        return FlowChart.Build(
            [.. boxes.Select((box, i) => box with { Excluded = i + 1 < boxes.Length ? boxes[i + 1].Excluded : [] })],
            Heading(results, "flow", "From the returns to the model", "Every row and child that was left out, and why."));
    }

    /// <summary>Children re-referred by the end of each census year.</summary>
    /// <param name="results">The results of a run.</param>
    public static Figure Cumulative(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return CumulativeChart.Build(
            [
                .. results.Release().Years.Select(
                    y => new CumulativeYear(StudyTables.YearLabel(y.Year), y.All.Value, y.Eligible.Value)),
            ],
            Heading(results, "cumulative", "Re-referred by the end of each year",
                $"Children first referred in {results.Settings.CohortLabel}. "
                + FormattableString.Invariant(
                    $"Age-eligible children are under {results.Settings.AgeLimit} on {results.Settings.FollowUpEnd:d MMMM yyyy}.")));
    }

    /// <summary>The share of children who returned since their first referral and since its closure.</summary>
    /// <param name="results">The results of a run.</param>
    public static Figure Returned(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var release = results.Release();
        var (referral, closure) = (release.ReturnedSinceReferral, release.ReturnedSinceClosure);
        static double? At(IReadOnlyList<ReleasedReturn> points, int months) =>
            points.FirstOrDefault(p => p.Months == months && (p.AtRisk ?? FewestAtRisk) >= FewestAtRisk)?.Returned;
        return ReturnChart.Build(
            [
                .. referral.Concat(closure).Select(p => p.Months).Distinct().Order().Select(months => new ReturnedBy(
                    months, At(referral, months), At(closure, months))),
            ],
            Heading(results, "returned", "Returned since referral and since closure",
                "Kaplan-Meier estimates at the end of every 12 months, all children; censored at the 18th birthday, at death "
                + "and at the end of follow-up. "
                + string.Create(CultureInfo.InvariantCulture, $"Times that fewer than {FewestAtRisk} children reach are not drawn.")));
    }

    /// <summary>Re-referral by risk group, of the children eligible by age.</summary>
    /// <param name="results">The results of a run.</param>
    public static Figure RiskGroups(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return RatesByGroupChart.Build(
            [.. results.Release().Groups.Where(g => g.Eligible.Total != 0).Select(g => new GroupRate(g.Section, g.Label)
            {
                Children = g.Eligible.Total, Rate = g.Eligible.Value, Lower = g.Eligible.Lower, Upper = g.Eligible.Upper,
            })],
            Heading(results, "risk-groups", "Re-referral by risk group",
                "Of the children eligible by age at the end of follow-up, with 95% score intervals. No adjustment."));
    }

    /// <summary>The odds ratios of the interaction model that belong to the child.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static Figure OddsRatios(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return OddsRatioChart.Build(
            [.. ModelTerms.Rows(results.Release().RequireModels().Fits.Interaction).Select(Ratio)],
            Heading(results, "odds-ratios", "Odds ratios of re-referral",
                "Two-level logistic model with the area interaction; 95% Wald intervals. "
                + "The area effects are slopes at 10 CIN per social worker and 550 referrals per 10,000; "
                + "their 80% interval odds ratios stand in the table of coefficients."));
    }

    /// <summary>Predicted probability along the referral rate, a line for each of some numbers of CIN per social worker.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static Figure Interaction(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var models = results.Release().RequireModels();
        var curves = models.Curves.Select(c => new InteractionCurve(
            c[0].CinPerSocialWorker, [.. c.Select(p => new InteractionPoint(p.ReferralRate, p.Probability, p.Lower, p.Upper))])).ToArray();
        return InteractionChart.Build(
            new InteractionData(curves, models.AreaRates, ModelData.RateCentre),
            Heading(results, "interaction", "Re-referral, the referral rate and CIN per social worker",
                "Mean predicted probability over the modelled children in an authority whose own effect is 0; "
                + "95% bands of the fixed effects by the delta method."));
    }

    /// <summary>The authorities in order of what is left of their re-referral.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static Figure Caterpillar(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var release = results.Release();
        release.RequireModels();
        return CaterpillarChart.Build(
            [.. release.Residuals.Select(r => new AuthorityEffect(
                r.Authority, r.Effect, r.ComparisonLower, r.ComparisonUpper, Class(r.Expectation)))],
            Heading(results, "caterpillar", "Authorities above and below expectation",
                $"Conditional modes of the interaction model. {AuthorityWords.Pairs(results)} {AuthorityWords.Named}"));
    }

    /// <summary>Observed over expected re-referrals of the authorities, with funnel limits.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static Figure Funnel(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var release = results.Release();
        release.RequireModels();
        var classes = release.Residuals.ToDictionary(r => r.Authority, r => Class(r.Expectation), StringComparer.Ordinal);
        return FunnelChart.Build(
            [
                .. release.Funnel.Authorities.Where(a => a.Expected > 0)
                    .Select(a => new FunnelPoint(a.Authority, a.Expected, a.Ratio, classes[a.Authority])),
            ],
            [.. release.Funnel.Limits.Where(l => l.Expected > 0).Select(l => new FunnelWidth(l.Expected, l.Inner, l.Outer))],
            Heading(results, "funnel", "Authorities against the limits of chance",
                "Observed re-referrals over those that the interaction model expects of an authority's children and figures. "
                + "The limits allow for the differences that authorities have as a rule (Spiegelhalter 2005; dispersion "
                + $"{NumberText.Fixed(release.Funnel.Dispersion, 2)}, by chance alone about 0.68). They hold 95% and 99.8% of authorities "
                + "that differ by chance alone, and about eight in nine and 79 in 80 of those that differ as authorities do: who lies far "
                + "outside does not fit with the others. "
                + FormattableString.Invariant($"The marks say who differs from the average by more than {AuthorityResidual.Size:0.0} ")
                + "times the odds."));
    }

    /// <summary>Whether there is anything to draw of the funnel.</summary>
    /// <param name="results">The results of a run.</param>
    public static bool HasFunnel(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return results.Release().Funnel.Authorities.Any(a => a.Expected > 0);
    }

    /// <summary>Whether there is anything to draw of the interaction.</summary>
    /// <param name="results">The results of a run.</param>
    public static bool HasInteraction(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return results.Release().Models is { Curves.Count: > 0 };
    }

    private static OddsRatio Ratio(ModelRow row) => new(row.Words.Section, row.Words.Label)
    {
        Estimate = row.Effect?.OddsRatio,
        Lower = row.Effect?.OddsRatioLower,
        Upper = row.Effect?.OddsRatioUpper,
        IsReference = row.Effect is null,
    };

    private static ExpectationClass Class(Expectation expectation) => expectation switch
    {
        Expectation.Below => ExpectationClass.Below,
        Expectation.Above => ExpectationClass.Above,
        _ => ExpectationClass.AsExpected,
    };

    private static FigureHeading Heading(StudyResults results, string name, string title, string caption) =>
        new(name, title, results.Policy.IsOff ? $"{caption} {results.Policy.Notice}" : caption,
            results.IsSimulated ? DataKind.Simulated : DataKind.Real);
}
