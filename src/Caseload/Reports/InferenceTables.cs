using Caseload.Effects;
using Caseload.Frames;
using Caseload.Models;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>What the models say beyond their estimates, as frames.</summary>
public static class InferenceTables
{
    /// <summary>What lies between authorities: one row a model and quantity, the test of the variance last.</summary>
    /// <param name="results">The results of a run, with inference.</param>
    public static Frame AreaVariance(StudyResults results)
    {
        var rows = Require(results).Spreads
            .SelectMany(spread => Quantities(spread).Select(q => (spread.Model, q.Name, q.Limits, q.P))).ToArray();
        NumberColumn Each(string name, Func<Limits, double> value) => new(name, [.. rows.Select(r => value(r.Limits))]);
        return new Frame([
            TextColumn.Of("model", rows.Select(r => r.Model)),
            TextColumn.Of("quantity", rows.Select(r => r.Name)),
            Each("estimate", l => l.Estimate),
            Each("lower", l => l.Lower),
            Each("upper", l => l.Upper),
            new NumberColumn("p", [.. rows.Select(r => r.P)]),
        ]);
    }

    /// <summary>Average marginal effects: one row a term and model that holds it.</summary>
    /// <param name="results">The results of a run, with inference.</param>
    public static Frame MarginalEffects(StudyResults results)
    {
        var table = Require(results).Marginal ?? new MarginalTable([], []);
        var rows = table.Rows.SelectMany(row => table.Models.Zip(row.Effects, (model, effect) => (row.Term, Model: model, Effect: effect)))
            .Where(row => row.Effect is not null).ToArray();
        NumberColumn Each(string name, Func<MarginalEstimate, double> value) => new(name, [.. rows.Select(r => value(r.Effect!))]);
        return new Frame([
            TextColumn.Of("variable", rows.Select(r => ModelTerms.Describe(r.Term).Section)),
            TextColumn.Of("label", rows.Select(r => ModelTerms.Describe(r.Term).Label)),
            TextColumn.Of("term", rows.Select(r => r.Term)),
            TextColumn.Of("model", rows.Select(r => r.Model)),
            Each("marginal_effect", e => e.Effect),
            Each("standard_error", e => e.StandardError),
            Each("lower", e => e.Lower),
            Each("upper", e => e.Upper),
        ]);
    }

    /// <summary>The area-level coefficients by other estimators and with other errors: one row a term and variant.</summary>
    /// <param name="results">The results of a run, with sensitivity.</param>
    public static Frame AreaTerms(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return AreaTerms(results.Release().AreaTerms);
    }

    /// <summary>Calibration, discrimination and residuals of the interaction model.</summary>
    /// <param name="results">The results of a run, with inference.</param>
    public static Frame Checks(StudyResults results)
    {
        var checks = Require(results).Checks;
        NumberColumn Each(string name, Func<ModelCheck, double> value) => new(name, [.. checks.Select(value)]);
        return new Frame([
            TextColumn.Of("measure", checks.Select(c => c.Name)),
            Each("value", c => c.Value),
            Each("lower", c => c.Lower),
            Each("upper", c => c.Upper),
            Each("expected_where_right", c => c.Expected),
            Each("p", c => c.P),
        ]);
    }

    internal static Frame AreaTerms(IReadOnlyList<AreaTermVariant> variants)
    {
        NumberColumn Each(string name, Func<AreaTermVariant, double> value) => new(name, [.. variants.Select(value)]);
        return new Frame([
            TextColumn.Of("label", variants.Select(v => ModelTerms.Describe(v.Term).Label)),
            TextColumn.Of("term", variants.Select(v => v.Term)),
            TextColumn.Of("changes", variants.Select(v => Words(v.Kind))),
            TextColumn.Of("variant", variants.Select(v => v.Variant)),
            Each("estimate", v => v.Estimate),
            Each("standard_error", v => v.StandardError),
            Each("lower", v => v.Lower),
            Each("upper", v => v.Upper),
            Each("degrees_of_freedom", v => double.IsFinite(v.DegreesOfFreedom) ? v.DegreesOfFreedom : double.NaN),
            Each("p", v => v.P),
            Each("area_sd", v => v.AreaDeviation),
        ]);
    }

    internal static StudyInference Require(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var release = results.Release();
        release.RequireModels();
        return release.Inference ?? throw new ProblemException(new Problem(ProblemKind.WrongUsage, "results without inference",
            "results with it", "", "Call AddInference(data.Cohort) on them first."));
    }

    private static string Words(VariantKind kind) => kind == VariantKind.Estimator ? "Estimator" : "Measure of uncertainty";

    private static IEnumerable<(string Name, Limits Limits, double P)> Quantities(AreaSpread spread)
    {
        static Limits Only(double value) => new(value, double.NaN, double.NaN);
        yield return ("variance", spread.Variance, double.NaN);
        yield return ("standard deviation", spread.Deviation, double.NaN);
        yield return ("variance partition coefficient, latent scale", spread.Partition, double.NaN);
        yield return ("variance partition coefficient, scale of the outcome", Only(spread.ResponseShare), double.NaN);
        yield return ("variance of a child, latent scale", Only(spread.ChildVariance), double.NaN);
        yield return ("median odds ratio", spread.MedianOddsRatio, double.NaN);
        yield return ("chi-square of the variance", Only(spread.ChiSquare), spread.P);
    }
}
