using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Rows;

namespace Caseload.MixedModels.Inference.Variances;

/// <summary>Divides the variance at given covariates.</summary>
internal static class VariancePartitioning
{
    // Beside it the table names where an observation's variance comes from.
    private const int LongestLabel = 28;

    internal static VariancePartition Of(MixedModelFit fit, Frame? at, CountVariance counts)
    {
        RandomEffectsNeeded.By(fit, "a variance partition");
        var places = at is null ? [AtTheMean(fit)] : AtRows(fit, at);
        return new VariancePartition([.. places.SelectMany(place => Parts(fit, place, counts))]) { Remarks = [.. Remarks(fit, at)] };
    }

    private static IEnumerable<string> Remarks(MixedModelFit fit, Frame? at)
    {
        if (at is null)
            yield return "At the mean of the linear predictor and of the variances z' Sigma z over the data; give rows of covariates for "
                + "others.";
        if (fit.Link is Link.Logit or Link.Probit or Link.Cloglog)
            yield return "The latent share needs no covariates where all random effects are intercepts; the share of the response does, "
                + "and is that of a single 0/1 outcome (Goldstein, Browne and Rasbash 2002).";
    }

    private static Place AtTheMean(MixedModelFit fit)
    {
        var rows = PredictorRows.OfData(fit);
        var mean = rows.FixedPart.Zip(rows.Weights, (eta, weight) => eta * weight).Sum() / rows.Weights.Sum();
        return new Place("mean", mean, [.. rows.Random.Select(effect => (effect.Effect.Group, effect.MeanVariance(rows.Weights)))]);
    }

    private static Place[] AtRows(MixedModelFit fit, Frame at)
    {
        var (rows, labels) = (PredictorRows.Of(fit, at), RowLabels.Of(fit, at, LongestLabel));
        return [.. Enumerable.Range(0, rows.Count).Select(row => new Place(labels[row], rows.FixedPart[row],
            [.. rows.Random.Select(effect => (effect.Effect.Group, effect.Variance(row)))]))];
    }

    private static IEnumerable<VariancePartitionRow> Parts(MixedModelFit fit, Place place, CountVariance counts)
    {
        // The effects of one grouping that are not correlated add up.
        (string Group, double Variance)[] groupings =
            [.. place.Variances.GroupBy(v => v.Group).Select(group => (group.Key, group.Sum(v => v.Variance)))];
        var all = groupings.Sum(grouping => grouping.Variance);
        var response = new ResponseVariance(fit, place.Eta, all);
        var observation = ObservationVariance.Of(fit, response.Mean, counts);
        var (between, within) = (response.Between(all), response.Within());
        foreach (var (group, variance) in groupings) yield return Row(group, variance, response.Between(variance));
        if (groupings.Length > 1) yield return Row("all groupings", all, between);
        yield return Row($"observation ({observation.Name})", observation.Value, within);

        VariancePartitionRow Row(string part, double latent, double ofResponse) => new(place.At, part, latent,
            latent / (all + observation.Value), ofResponse, ofResponse / (between + within));
    }

    /// <summary>Covariates: the linear predictor there, and the variance that each block of random effects brings.</summary>
    private sealed record Place(string At, double Eta, IReadOnlyList<(string Group, double Variance)> Variances);
}
