using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Profiles;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>
/// Maximises a weighted pseudo-likelihood: weights of rows multiply the log-likelihoods of rows within the integral over a group's effects,
/// weights of groups its logarithm; with sandwich standard errors from the groups' scores.
/// </summary>
internal sealed class WeightedRun
{
    // An element of a covariance factor below which groups do not vary; 0 is stationary, so that a search must not begin there.
    private const double NoVariation = 1e-3;
    private const double LeastStart = 0.3;

    // Below so many groups a sandwich over them is too small by more than the factor K/(K - 1) makes good.
    private const double FewGroups = 20;

    private readonly SamplingWeights weights;
    private readonly FitSettings settings;
    private readonly MixedModelFit fit;
    private readonly ProfileModel model;
    private readonly WeightedLikelihood likelihood;
    private readonly double groupsAlike;

    internal WeightedRun(Frame frame, string formula, SamplingWeights weights, FitSettings settings)
    {
        (this.weights, this.settings) = (weights, settings);
        var parsed = ModelFormula.Parse(formula);
        var complete = frame.Take(CompleteRows.Of(frame, parsed, settings).Numbers);
        var data = ModelFrame.Build(complete, parsed, settings);
        Require(data, complete.RowCount);
        var clusters = new Clusters(data.Groupings[0].Groups);
        var groups = clusters.Split([.. Enumerable.Range(0, data.Rows)]);
        var ofRows = WeightColumns.OfRows(weights.Rows, complete, groups, weights.Scaling);
        var ofGroups = WeightColumns.OfGroups(weights.Groups, complete, groups);
        groupsAlike = ofGroups.Sum() * ofGroups.Sum() / ofGroups.Sum(weight => weight * weight);
        fit = MixedModel.Fit(data, settings).WithAllEstimates();

        // Weights of rows alone are those that any fit takes, and where it is at its maximum the search with those of groups begins.
        var rowsWeighted = new FittedData(data with { Response = Times(data.Response, ofRows) }, settings);
        if (MixedModel.Fit(rowsWeighted.Frame, settings).WithEstimates() is null) throw NoMaximum();
        model = ProfileModel.Of(rowsWeighted);
        likelihood = new WeightedLikelihood(ClusterLikelihoods.Of(rowsWeighted, model, clusters), ofGroups);
    }

    internal WeightedEstimates Run()
    {
        var point = (double[])model.Peak.Point.Clone();
        foreach (var k in model.Resting) point[k] = LeastStart;
        var optimum = new NewtonOptimiser(settings).Maximise(
            Optimum.Start(likelihood, point, new double[likelihood.ModeCount]), point.Length, settings.StepTolerance);
        var (estimates, width) = (optimum.Next, model.Design.Width);
        var resting = model.Zeros(estimates, NoVariation);
        foreach (var k in resting) estimates[k] = 0;
        int[] free = [.. Enumerable.Range(0, estimates.Length).Except(resting)];
        if (optimum.Reason != StopReason.StepIsShort || Sandwich(likelihood.Confirm(estimates), free) is not { } covariance)
            throw NoMaximum();
        var (beta, spread) = (model.Design.ToOriginal(estimates.AsSpan(0, width)), model.Design.ToOriginal(covariance));
        return new WeightedEstimates(fit.Groups[0].Name, fit.Groups[0].Count, weights.Scaling,
            [.. fit.FixedEffects.Select((effect, k) => Coefficient(effect, beta[k], Math.Sqrt(spread[k, k])))],
            [.. WeightedQuantity.All(fit, model).Select(quantity => quantity.Estimate(estimates, free, covariance))])
        {
            Remarks = [.. Said(resting.Length == 0)],
        };
    }

    private static WeightedEstimate Coefficient(FixedEffect effect, double estimate, double error)
    {
        var half = StandardNormal.HalfWidth(0.95) * error;
        return new WeightedEstimate(effect.Term, effect.Estimate, estimate, error) { Lower = estimate - half, Upper = estimate + half };
    }

    // J^-1 (K/(K - 1) sum of s s') J^-1, with the scores s of K groups, times their weights.
    private double[,]? Sandwich(LikelihoodPoint at, int[] free)
    {
        var (size, count) = (free.Length, likelihood.Scores.Length);
        var hessian = new double[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++) hessian[row, column] = at.Hessian[free[row], free[column]];
        }

        if (NewtonOptimiser.Covariance(hessian, size) is not { } inverse) return null;
        var covariance = new double[size, size];
        foreach (var score in likelihood.Scores)
        {
            var moved = new double[size];
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < size; column++) moved[row] += inverse[row, column] * score[free[column]];
            }

            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < size; column++)
                    covariance[row, column] += moved[row] * moved[column] * count / (count - 1);
            }
        }

        return covariance;
    }

    private static ModelResponse Times(ModelResponse response, double[] weights) => response switch
    {
        GaussianResponse numbers => new GaussianResponse(numbers.Values, weights),
        CountResponse counts => new CountResponse(counts.Counts, weights),
        _ => response with
        {
            Successes = [.. response.Successes.Zip(weights, (value, weight) => value * weight)],
            Trials = [.. response.Trials.Zip(weights, (value, weight) => value * weight)],
        },
    };

    private void Require(ModelFrame data, int rows)
    {
        if (weights is { Rows: null, Groups: null })
            throw Wrong(data, "no column of sampling weights", "weights of rows, of groups or of both", "Name them in SamplingWeights.");
        if (data.Family == Family.NegativeBinomial || data.Groupings.Count != 1)
            throw Wrong(data, "sampling weights with this model",
                "random effects of one grouping, of the binomial, the Poisson or the Gaussian family",
                "Fit such a model, or fit without sampling weights and ask for ClusterRobust().");
        if (settings.Estimator != Estimator.Ml || settings.Reml)
            throw Wrong(data, "sampling weights with " + (settings.Reml ? "restricted likelihood" : "quasi-likelihood"),
                "maximum likelihood, the only one that the weights have a place in", "Leave Reml and Estimator at their defaults.");
        if (settings is not { Weights: null, Frequencies: null, RowCounts: null })
            throw Wrong(data, "sampling weights beside prior weights, frequencies or row counts", "rows that stand for themselves",
                "Write such rows out, and give proportions as cbind(successes, failures).");
        if (data.Rows < rows)
            throw Wrong(data, "rows without trials", "trials in every row", "Leave them out with Filter.");
    }

    private IEnumerable<string> Said(bool varies)
    {
        yield return "Pseudo-likelihood with weights of rows " + weights.Scaling switch
        {
            WeightScaling.Size => "scaled to the size of their group",
            WeightScaling.Effective => "scaled to the effective size of their group",
            _ => "as they are, which makes the groups' variance too large where groups are small",
        } + " (Rabe-Hesketh and Skrondal 2006). Compare scalings: where estimates differ, groups are too small to tell. Standard errors "
            + "are a sandwich over groups and take many of them; the pseudo-likelihood is good for no test or AIC.";
        if (groupsAlike < FewGroups)
            yield return FormattableString.Invariant($"The groups are too few for these standard errors: {fit.Groups[0].Count}")
                + (weights.Groups is null ? "."
                    : FormattableString.Invariant($", by their weights worth {groupsAlike:0.#} of equal weight."));
        if (!varies) yield return "With these weights groups do not vary in every way: what is at 0 has no standard error.";
    }

    private ProblemException NoMaximum() => new(new Problem(ProblemKind.NoEstimate, "no maximum of the weighted pseudo-likelihood",
        "weights of which none outweighs all others", fit.Formula, "Look at the largest weights, or trim them."));

    private static ProblemException Wrong(ModelFrame data, string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, data.Formula.Text, remedy));
}
