using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Rows;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Variances;

/// <summary>The shares of the variance that a model explains, with one choice of an observation's variance.</summary>
/// <param name="Observation">Where the variance of an observation on the scale of the linear predictor comes from.</param>
/// <param name="ObservationVariance">That variance.</param>
/// <param name="Marginal">The share of the fixed effects.</param>
/// <param name="Conditional">The share of fixed and random effects.</param>
public sealed record ExplainedVarianceRow(string Observation, double ObservationVariance, double Marginal, double Conditional);

/// <summary>R2 of a mixed model on the scale of the linear predictor (Nakagawa, Johnson and Schielzeth 2017).</summary>
/// <param name="FixedVariance">The variance of the fixed part over the observations.</param>
/// <param name="RandomVariance">The mean over the observations of the variance z' Sigma z of the random effects (Johnson 2014).</param>
/// <param name="Rows">One row for each choice of an observation's variance.</param>
public sealed record ExplainedVariance(double FixedVariance, double RandomVariance, IReadOnlyList<ExplainedVarianceRow> Rows)
    : InferenceResult
{
    internal static ExplainedVariance Of(MixedModelFit fit)
    {
        var rows = PredictorRows.OfData(fit);
        var (total, variances) = (rows.Weights.Sum(), rows.Variances());

        // Without the offset, which no effect explains.
        double[] explained = [.. Enumerable.Range(0, rows.Count).Select(row =>
            rows.Columns.Zip(fit.FixedEffects, (column, effect) => column[row] * effect.Estimate).Sum())];
        var mean = Mean(explained);
        var squares = Mean([.. explained.Select(eta => (eta - mean) * (eta - mean))]);

        // What rounding leaves of a constant is no variance.
        var fixedVariance = squares > 1e-20 * (1 + mean * mean) ? squares * total / (total - 1) : 0;
        var random = Mean(variances);

        // The mean of the response over data and random effects, that of a trial or a count of one row.
        var response = Mean([.. rows.FixedPart.Zip(variances, (eta, v) => AveragedMean.At(fit.Link, eta, v).Value)]);
        return new ExplainedVariance(fixedVariance, random,
            [.. Observations(fit, response).Select(observation => Row(fixedVariance, random, observation))])
        {
            Remarks = [.. Said(fit, response)],
        };

        double Mean(double[] values) => values.Zip(rows.Weights, (value, weight) => value * weight).Sum() / total;
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of([FixedVariance, RandomVariance, .. Rows.Select(row => row.ObservationVariance)], 4);
        yield return new FitTable("R2: share of the variance explained by the fixed effects, and by all effects",
            ["observation", "fixed", "random", "observation", "marginal R2", "conditional R2"], 1, [.. Rows.Select(row => (string[])
            [
                row.Observation, number.Text(FixedVariance), number.Text(RandomVariance), number.Text(row.ObservationVariance),
                FitTable.Decimals(row.Marginal, 4), FitTable.Decimals(row.Conditional, 4),
            ])]);
    }

    private static IEnumerable<ObservationVariance> Observations(MixedModelFit fit, double mean)
    {
        if (fit.Link == Link.Log)
            return Enum.GetValues<CountVariance>().Select(counts => Variances.ObservationVariance.Of(fit, mean, counts));
        var theoretical = Variances.ObservationVariance.Of(fit, mean, default);
        return fit.Link == Link.Logit ? [theoretical, new("delta method", 1 / (mean * (1 - mean)))] : [theoretical];
    }

    private static IEnumerable<string> Said(MixedModelFit fit, double response)
    {
        if (fit.Link == Link.Log)
            yield return FormattableString.Invariant($"The variance of an observation is that at the model's mean count, {response:G4}; ")
                + "from a null model it differs a little.";
        if (fit.Link == Link.Logit)
            yield return "The delta method takes 1/(p(1 - p)) at the model's mean probability p; from a null model it differs a little.";
        if (fit.Family == Family.Binomial && PredictorRows.Data(fit).Frame.Response is BinomialResponse { RowTrials: var trials }
            && trials.Any(count => count > 1))
            yield return "An observation is a single trial. Programs that divide its variance by the mean number of trials in a row, "
                + FormattableString.Invariant($"here {trials.Average():G4}, give the R2 of the rows' proportions, which is larger.");
    }

    private static ExplainedVarianceRow Row(double fixedVariance, double random, ObservationVariance observation)
    {
        var whole = fixedVariance + random + observation.Value;
        return new ExplainedVarianceRow(observation.Name, observation.Value, fixedVariance / whole, (fixedVariance + random) / whole);
    }
}
