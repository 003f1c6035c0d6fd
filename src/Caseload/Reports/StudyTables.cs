using System.Globalization;
using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Disclosure;
using Caseload.Effects;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.Models;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The tables of a run as frames: the same ones stand in the report, in the CSV files and in the notebooks.</summary>
public static class StudyTables
{
    /// <summary>Re-referral by risk group under both denominators.</summary>
    /// <param name="results">The results of a run.</param>
    public static Frame RiskGroups(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return RiskGroups(results.Release().Groups, results.Policy.Mark);
    }

    /// <summary>Re-referral by risk group under both denominators; a suppressed cell holds the policy's mark.</summary>
    /// <param name="groups">The groups, after disclosure control.</param>
    /// <param name="mark">How a hidden number is written.</param>
    public static Frame RiskGroups(IReadOnlyList<ReleasedGroup> groups, string mark)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return new Frame([
            TextColumn.Of("variable", groups.Select(g => g.Section)),
            TextColumn.Of("group", groups.Select(g => g.Label)),
            Counts("children", groups.Select(g => (g.All.Total, g.All.IsSuppressed)), mark),
            Counts("rereferred", groups.Select(g => (g.All.Count, g.All.IsSuppressed)), mark),
            Shares("share", groups.Select(g => g.All), mark),
            Counts("eligible_children", groups.Select(g => (g.Eligible.Total, g.Eligible.IsSuppressed)), mark),
            Counts("eligible_rereferred", groups.Select(g => (g.Eligible.Count, g.Eligible.IsSuppressed)), mark),
            Shares("eligible_share", groups.Select(g => g.Eligible), mark),
            new NumberColumn("eligible_lower", [.. groups.Select(g => g.Eligible.Lower ?? double.NaN)]),
            new NumberColumn("eligible_upper", [.. groups.Select(g => g.Eligible.Upper ?? double.NaN)]),
        ]);
    }

    /// <summary>Children re-referred by the end of each census year, under both denominators.</summary>
    /// <param name="results">The results of a run.</param>
    public static Frame Cumulative(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var (years, mark) = (results.Release().Years, results.Policy.Mark);
        return new Frame([
            TextColumn.Of("census_year", years.Select(y => YearLabel(y.Year))),
            Counts("rereferred", years.Select(y => (y.All.Count, y.All.IsSuppressed)), mark),
            Shares("share", years.Select(y => y.All), mark),
            Counts("eligible_rereferred", years.Select(y => (y.Eligible.Count, y.Eligible.IsSuppressed)), mark),
            Shares("eligible_share", years.Select(y => y.Eligible), mark),
            Counts("first_rereferrals_of_year", years.Select(y => (y.Nfa.Total, y.Nfa.IsSuppressed)), mark),
            Shares("nfa_share", years.Select(y => y.Nfa), mark),
        ]);
    }

    /// <summary>Modelled children beside the eligible ones outside the model (table 1 of such a study).</summary>
    /// <param name="results">The results of a run.</param>
    public static Frame Representation(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var (shares, mark) = (results.Release().Shares, results.Policy.Mark);
        return new Frame([
            TextColumn.Of("variable", shares.Select(s => s.Section)),
            TextColumn.Of("group", shares.Select(s => s.Label)),
            Counts("modelled", shares.Select(s => (s.Modelled.Count, s.Modelled.IsSuppressed)), mark),
            Shares("modelled_share", shares.Select(s => s.Modelled), mark),
            Counts("not_modelled", shares.Select(s => (s.Excluded.Count, s.Excluded.IsSuppressed)), mark),
            Shares("not_modelled_share", shares.Select(s => s.Excluded), mark),
        ]);
    }

    /// <summary>The steps from what was read to the children of the model; one row a step or a reason for leaving.</summary>
    /// <param name="results">The results of a run.</param>
    public static Frame Flow(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var rows = results.Release().Flow
            .SelectMany(step => step.Excluded
                .Select(e => (step.Label, Left: e.Reason, e.Count))
                .Append((step.Label, Left: "", step.Count)))
            .ToArray();
        return new Frame([
            TextColumn.Of("step", rows.Select(r => r.Label)),
            TextColumn.Of("left_out", rows.Select(r => r.Left)),
            Counts("count", rows.Select(r => (r.Count, r.Count is null)), results.Policy.Mark),
        ]);
    }

    /// <summary>The four models: what lies between authorities, and the test of each against the one before.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static Frame Models(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var fits = results.Release().RequireModels().Fits;
        var tests = fits.Steps.Rows.ToDictionary(r => r.Name, StringComparer.Ordinal);
        NumberColumn Each(string name, Func<MixedModelFit, double> value) => new(name, [.. fits.All.Select(m => value(m.Fit))]);
        NumberColumn Test(string name, Func<LikelihoodRatioRow, double> value) =>
            new(name, [.. fits.All.Select(m => tests.TryGetValue(m.Name, out var row) ? value(row) : double.NaN)]);
        return new Frame([
            TextColumn.Of("model", fits.All.Select(m => m.Name)),
            Each("parameters", f => f.Parameters),
            Each("log_likelihood", f => Rounded(results, f.LogLikelihood, 0)),
            Each("aic", f => Rounded(results, f.Aic, 0)),
            Each("area_sd", f => Rounded(results, f.RandomEffects[0].StandardDeviations[0], 3)),
            Each("area_variance", f => Rounded(results, f.RandomEffects[0].Covariance[0][0], 4)),
            Each("vpc", f => Rounded(results, f.VariancePartitionCoefficient, 4)),
            Each("median_odds_ratio", f => Rounded(results, f.MedianOddsRatio, 3)),
            Test("chi_square", r => Rounded(results, r.ChiSquare, 1)),
            Test("df", r => r.DegreesOfFreedom == 0 ? double.NaN : r.DegreesOfFreedom),
            Test("p", r => Rounded(results, r.P, 4)),
        ]);
    }

    /// <summary>The coefficients of the interaction model with odds ratios.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static Frame Coefficients(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var release = results.Release();
        var models = release.RequireModels();
        var fit = models.Fits.Interaction;
        var profiles = (release.Inference?.Profiles ?? []).ToDictionary(p => p.Term, StringComparer.Ordinal);
        var intervals = models.IntervalOddsRatios.ToDictionary(i => i.Term, StringComparer.Ordinal);
        FixedEffect[] effects =
        [
            .. fit.FixedEffects.Where(e => e.Term == "(Intercept)"),
            .. ModelTerms.Rows(fit).Select(r => r.Effect).OfType<FixedEffect>(),
        ];
        NumberColumn Each(string name, Func<FixedEffect, double> value) =>
            new(name, [.. effects.Select(e => Rounded(results, value(e), 4))]);
        return new Frame([
            TextColumn.Of("variable", effects.Select(e => ModelTerms.Describe(e.Term).Section)),
            TextColumn.Of("label", effects.Select(e => ModelTerms.Describe(e.Term).Label)),
            TextColumn.Of("term", effects.Select(e => e.Term)),
            Each("estimate", e => e.Estimate),
            Each("standard_error", e => e.StandardError),
            Each("odds_ratio", e => e.OddsRatio),
            Each("lower", e => e.OddsRatioLower),
            Each("upper", e => e.OddsRatioUpper),
            Each("profile_lower", e => Math.Exp(profiles.GetValueOrDefault(e.Term)?.Lower ?? double.NaN)),
            Each("profile_upper", e => Math.Exp(profiles.GetValueOrDefault(e.Term)?.Upper ?? double.NaN)),
            Each("interval_odds_ratio_lower", e => intervals.GetValueOrDefault(e.Term)?.Lower ?? double.NaN),
            Each("interval_odds_ratio_upper", e => intervals.GetValueOrDefault(e.Term)?.Upper ?? double.NaN),
            Each("p", e => e.P),
        ]);
    }

    /// <summary>The slope of the referral rate at numbers of CIN per social worker.</summary>
    /// <param name="models">The models and what follows from them.</param>
    public static Frame Slopes(ModelResults models)
    {
        ArgumentNullException.ThrowIfNull(models);
        NumberColumn Each(string name, Func<RateSlope, double> value) => new(name, [.. models.Slopes.Select(value)]);
        return new Frame([
            Each("cin_per_social_worker", s => s.CinPerSocialWorker),
            Each("log_odds_per_250_referrals", s => s.Slope),
            Each("standard_error", s => s.StandardError),
            Each("odds_ratio", s => Math.Exp(s.Slope)),
            Each("lower", s => Math.Exp(s.Lower)),
            Each("upper", s => Math.Exp(s.Upper)),
            Each("interval_odds_ratio_lower", s => s.Interval.Lower),
            Each("interval_odds_ratio_upper", s => s.Interval.Upper),
        ]);
    }

    /// <summary>The predicted probabilities that the interaction chart draws.</summary>
    /// <param name="models">The models and what follows from them.</param>
    public static Frame Predictions(ModelResults models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var points = models.Curves.SelectMany(c => c).ToArray();
        NumberColumn Each(string name, Func<PredictedProbability, double> value) => new(name, [.. points.Select(value)]);
        return new Frame([
            Each("cin_per_social_worker", p => p.CinPerSocialWorker),
            Each("referral_rate_per_10000", p => p.ReferralRate),
            Each("probability", p => p.Probability),
            Each("lower", p => p.Lower),
            Each("upper", p => p.Upper),
        ]);
    }

    /// <summary>What is left of each authority that may be named.</summary>
    /// <param name="results">The results of a run, with models.</param>
    public static Frame Residuals(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var release = results.Release();
        var residuals = release.Residuals;
        var funnel = release.Funnel.Authorities.ToDictionary(a => a.Authority, StringComparer.Ordinal);
        NumberColumn Each(string name, Func<AuthorityResidual, double> value) => new(name, [.. residuals.Select(value)]);
        NumberColumn Funnel(string name, Func<FunnelAuthority, double> value) =>
            new(name, [.. residuals.Select(r => funnel.GetValueOrDefault(r.Authority) is { } a ? value(a) : double.NaN)]);
        return new Frame([
            TextColumn.Of("authority", residuals.Select(r => r.Authority)),
            Counts("children", residuals.Select(r => (release.ChildrenOf(r), release.ChildrenOf(r) is null)), results.Policy.Mark),
            Each("effect", r => r.Effect),
            Each("standard_error", r => r.StandardError),
            Each("lower", r => r.Lower),
            Each("upper", r => r.Upper),
            Each("comparison_lower", r => r.ComparisonLower),
            Each("comparison_upper", r => r.ComparisonUpper),
            Each("chance_above", r => r.Above),
            Each("chance_below", r => r.Below),
            TextColumn.Of("expectation", residuals.Select(r => Words(r.Expectation))),
            new IntegerColumn("rank_lower", [.. residuals.Select(r => r.Rank.Lower)]),
            new IntegerColumn("rank_upper", [.. residuals.Select(r => r.Rank.Upper)]),
            Funnel("expected_rereferred", a => a.Expected),
            Funnel("observed_over_expected", a => a.Ratio),
            Funnel("funnel_z", a => a.Z),
        ]);
    }

    /// <summary>The ledger of published findings.</summary>
    /// <param name="ledger">The ledger.</param>
    public static Frame Claims(Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return new Frame([
            TextColumn.Of("finding", ledger.Claims.Select(c => c.Statement)),
            TextColumn.Of("published", ledger.Claims.Select(c => c.Published)),
            TextColumn.Of("this_run", ledger.Claims.Select(c => c.Reproduced)),
            TextColumn.Of("status", ledger.Claims.Select(c => Words(c.Status))),
            TextColumn.Of("tolerance", ledger.Claims.Select(c => c.Tolerance)),
            TextColumn.Of("reading", ledger.Claims.Select(c => c.Reading)),
        ]);
    }

    /// <summary>What was never published, and what the kit does in its place.</summary>
    /// <param name="ledger">The ledger.</param>
    public static Frame NeverPublished(Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return new Frame([
            TextColumn.Of("never_published", ledger.NeverPublished.Select(n => n.What)),
            TextColumn.Of("choice_of_this_kit", ledger.NeverPublished.Select(n => n.Choice)),
        ]);
    }

    /// <summary>A status in words.</summary>
    /// <param name="status">The status.</param>
    public static string Words(ClaimStatus status) => status switch
    {
        ClaimStatus.Reproduced => "reproduced",
        ClaimStatus.Differs => "differs",
        ClaimStatus.Inconclusive => "inconclusive",
        _ => "not testable",
    };

    /// <summary>An expectation in words.</summary>
    /// <param name="expectation">The expectation.</param>
    public static string Words(Expectation expectation) => expectation switch
    {
        Expectation.Below => "below expectation",
        Expectation.Above => "above expectation",
        _ => "as expected",
    };

    /// <summary>A census year in words: 2010-11.</summary>
    /// <param name="year">The calendar year in which it ends.</param>
    public static string YearLabel(int year) => string.Create(CultureInfo.InvariantCulture, $"{year - 1}-{year % 100:00}");

    // A likelihood with all its digits tells the numbers of children that it was made of: on real data it is written as a reader needs it.
    private static double Rounded(StudyResults results, double value, int decimals) =>
        results.Policy.ShowsAll || !double.IsFinite(value) ? value : Math.Round(value, decimals, MidpointRounding.AwayFromZero);

    // A column with a suppressed cell is text, so that the mark can stand in it: the numbers beside it are written as in any CSV file.
    internal static Column Counts(string name, IEnumerable<(int? Count, bool IsSuppressed)> cells, string mark)
    {
        var all = cells.ToArray();
        return Array.Exists(all, c => c.IsSuppressed)
            ? TextColumn.Of(name, all.Select(c => c.IsSuppressed ? mark : c.Count?.ToString(CultureInfo.InvariantCulture)))
            : new IntegerColumn(name, [.. all.Select(c => c.Count ?? IntegerColumn.Missing)]);
    }

    private static Column Shares(string name, IEnumerable<Released> cells, string mark) =>
        Numbers(name, cells.Select(c => (c.Value, c.IsSuppressed)), mark);

    internal static Column Numbers(string name, IEnumerable<(double? Value, bool IsSuppressed)> cells, string mark)
    {
        var all = cells.ToArray();
        return Array.Exists(all, c => c.IsSuppressed)
            ? TextColumn.Of(name, all.Select(c =>
                c.IsSuppressed ? mark : c.Value?.ToString("R", CultureInfo.InvariantCulture)))
            : new NumberColumn(name, [.. all.Select(c => c.Value ?? double.NaN)]);
    }
}
