using Caseload.Disclosure;
using Caseload.Effects;
using Caseload.Frames;
using Caseload.Models;
using Caseload.Models.MissingData;

namespace Caseload.Reports;

/// <summary>The choices about missing data as frames.</summary>
public static class MissingDataTables
{
    private const int Decimals = 4;

    /// <summary>
    /// One row a choice and coefficient, then the standard deviation between authorities (with limits from the logarithm) and the joint
    /// test of the area terms.
    /// </summary>
    /// <param name="results">The choices.</param>
    /// <param name="policy">Only where it shows all do numbers have all their digits.</param>
    public static Frame Choices(MissingDataResults results, DisclosurePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(policy);
        var rows = results.Choices.SelectMany(Rows).ToArray();
        NumberColumn Each(string name, Func<Row, double> value) => new(name, [.. rows.Select(r => Rounded(value(r), policy.ShowsAll))]);
        var counts = rows.Select(r => policy.Release(r.Choice.Children)).ToArray();
        return new Frame([
            TextColumn.Of("choice", rows.Select(r => r.Choice.Choice.Name())),
            new IntegerColumn("children", [.. counts.Select(count => count ?? IntegerColumn.Missing)]),
            new IntegerColumn("authorities", [.. rows.Select(r => r.Choice.Authorities)]),
            TextColumn.Of("variable", rows.Select(r => r.Words.Section)),
            TextColumn.Of("label", rows.Select(r => r.Words.Label)),
            TextColumn.Of("term", rows.Select(r => r.Term)),
            Each("estimate", r => r.Estimate),
            Each("standard_error", r => r.Error),
            Each("lower", r => r.Lower),
            Each("upper", r => r.Upper),
            Each("odds_ratio", r => r.Pooled is { } p ? Math.Exp(p.Estimate) : double.NaN),
            Each("odds_ratio_lower", r => r.Pooled is { } p ? Math.Exp(p.Lower) : double.NaN),
            Each("odds_ratio_upper", r => r.Pooled is { } p ? Math.Exp(p.Upper) : double.NaN),
            Each("interval_odds_ratio_lower", r => r.Interval?.Lower ?? double.NaN),
            Each("interval_odds_ratio_upper", r => r.Interval?.Upper ?? double.NaN),
            Each("p", r => r.P),
            Each("degrees_of_freedom", r => double.IsFinite(r.Freedom) ? r.Freedom : double.NaN),
            Each("fraction_missing", r => r.Missing),
            Each("relative_efficiency", r => r.Efficiency),
            TextColumn.Of("assumption", rows.Select(r => r.Choice.Choice.Assumption())),
        ]);
    }

    /// <summary>The odds ratios of the choices side by side, a row a coefficient.</summary>
    /// <param name="results">The choices.</param>
    public static Frame SideBySide(MissingDataResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        string[] terms = [.. results.Choices.SelectMany(c => c.Coefficients.Select(x => x.Term)).Distinct().Where(t => t != "(Intercept)")];
        var columns = new List<Column>
        {
            TextColumn.Of("variable", terms.Select(t => Words(t).Section)),
            TextColumn.Of("label", terms.Select(t => Words(t).Label)),
        };
        foreach (var choice in results.Choices)
        {
            columns.Add(TextColumn.Of(choice.Choice.Name(), terms.Select(t => choice.Find(t) is { } e ? Interval(e) : "")));
        }

        if (results.Choices.FirstOrDefault(c => c.Choice == MissingDataChoice.Imputation) is { } imputed)
            columns.Add(new NumberColumn("fraction_missing", [.. terms.Select(t => imputed.Find(t)?.FractionMissing ?? double.NaN)]));
        return new Frame(columns);
    }

    /// <summary>How much of each covariate is not recorded.</summary>
    /// <param name="results">The choices.</param>
    /// <param name="policy">What may be shown.</param>
    public static Frame Covariates(MissingDataResults results, DisclosurePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(policy);
        var shares = results.Covariates.Select(c => policy.Release(new Descriptives.Proportion(c.Missing, c.Children))).ToArray();
        return new Frame([
            TextColumn.Of("covariate", results.Covariates.Select(c => Name(c.Variable))),
            TextColumn.Of("not_recorded", shares.Select(s => policy.Write(s.Count))),
            new NumberColumn("share", [.. shares.Select(s => s.Value ?? double.NaN)]),
            new NumberColumn("scale_reduction", [.. results.Covariates.Select(c => c.ScaleReduction)]),
        ]);
    }

    /// <summary>The mean of the imputed values by round, over the imputations: the share of girls, of disabled children, of N1.</summary>
    /// <param name="results">The choices.</param>
    public static Frame Trace(MissingDataResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var rounds = results.Trace.GroupBy(t => (t.Variable, t.Iteration)).OrderBy(g => g.Key).ToArray();
        return new Frame([
            TextColumn.Of("covariate", rounds.Select(g => Name(g.Key.Variable))),
            new IntegerColumn("iteration", [.. rounds.Select(g => g.Key.Iteration)]),
            new NumberColumn("lowest", [.. rounds.Select(g => Rounded(g.Min(t => t.Share), showsAll: false))]),
            new NumberColumn("mean", [.. rounds.Select(g => Rounded(g.Average(t => t.Share), showsAll: false))]),
            new NumberColumn("highest", [.. rounds.Select(g => Rounded(g.Max(t => t.Share), showsAll: false))]),
        ]);
    }

    private static IEnumerable<Row> Rows(ChoiceResult choice)
    {
        foreach (var (term, pooled) in choice.Coefficients) yield return Row.Of(choice, term, Words(term), pooled);
        var deviation = choice.AreaDeviation;
        yield return new Row(choice, "sd(authority)", new TermWords("Authority", "Standard deviation between authorities"), null)
        {
            Estimate = Math.Exp(deviation.Estimate), Lower = Math.Exp(deviation.Lower), Upper = Math.Exp(deviation.Upper),
            Freedom = deviation.DegreesOfFreedom, Missing = deviation.FractionMissing, Efficiency = deviation.RelativeEfficiency,
        };
        yield return new Row(choice, "area terms", new TermWords("Authority", "The area terms tested together"), null)
        {
            P = choice.AreaTerms.P, Freedom = choice.AreaTerms.DegreesOfFreedom,
        };
    }

    private static TermWords Words(string term) => term switch
    {
        "sex_not_recorded" => new("Sex", "Not recorded"),
        "disability_not_recorded" => new("Disability", "Not recorded"),
        _ => ModelTerms.Describe(term),
    };

    private static string Name(ImputedVariable variable) => variable switch
    {
        ImputedVariable.Sex => "Sex",
        ImputedVariable.Disability => "Disability",
        _ => "Primary need",
    };

    private static string Interval(PooledEstimate e)
    {
        var number = NumberFormat.Fixed(2);
        return $"{number.Write(Math.Exp(e.Estimate))} ({number.Write(Math.Exp(e.Lower))} to {number.Write(Math.Exp(e.Upper))})";
    }

    private static double Rounded(double value, bool showsAll) =>
        showsAll || !double.IsFinite(value) ? value : Math.Round(value, Decimals, MidpointRounding.AwayFromZero);

    /// <summary>The 80% interval odds ratio of an area figure under a choice; null where the choice has no such coefficient.</summary>
    internal static IntervalOddsRatio? Interval(ChoiceResult choice, string term) =>
        IntervalOddsRatio.HasOne(term) && choice.Find(term) is { } pooled
            ? IntervalOddsRatio.Of(term, pooled.Estimate, Math.Exp(choice.AreaDeviation.Estimate)) : null;

    private sealed record Row(ChoiceResult Choice, string Term, TermWords Words, PooledEstimate? Pooled)
    {
        internal IntervalOddsRatio? Interval => Pooled is null ? null : MissingDataTables.Interval(Choice, Term);

        internal double Estimate { get; init; } = double.NaN;

        internal double Error { get; init; } = double.NaN;

        internal double Lower { get; init; } = double.NaN;

        internal double Upper { get; init; } = double.NaN;

        internal double P { get; init; } = double.NaN;

        internal double Freedom { get; init; } = double.NaN;

        internal double Missing { get; init; } = double.NaN;

        internal double Efficiency { get; init; } = double.NaN;

        internal static Row Of(ChoiceResult choice, string term, TermWords words, PooledEstimate pooled) => new(choice, term, words, pooled)
        {
            Estimate = pooled.Estimate, Error = pooled.StandardError, Lower = pooled.Lower, Upper = pooled.Upper, P = pooled.P,
            Freedom = pooled.DegreesOfFreedom, Missing = pooled.FractionMissing, Efficiency = pooled.RelativeEfficiency,
        };
    }
}
