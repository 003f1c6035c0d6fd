using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Numerics;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>
/// Maximises a weighted pseudo-likelihood: weights of rows multiply the log-likelihoods of cells within the integral over a group's effect,
/// weights of groups its logarithm; with sandwich standard errors from the groups' scores.
/// </summary>
internal sealed class WeightedRun
{
    // A standard deviation below which groups do not vary; 0 is stationary, so that a search must not begin there.
    private const double NoVariation = 1e-3;
    private const double LeastStart = 0.3;

    private readonly SamplingWeights weights;
    private readonly FitSettings settings;
    private readonly MixedModelFit fit;
    private readonly Design design;
    private readonly WeightedLikelihood likelihood;

    internal WeightedRun(Frame frame, string formula, SamplingWeights weights, FitSettings settings)
    {
        (this.weights, this.settings) = (weights, settings);
        var parsed = ModelFormula.Parse(formula);
        var complete = frame.Take(CompleteRows.Of(frame, parsed, settings).Numbers);
        var data = ModelFrame.Build(complete, parsed, settings);
        Require(data, complete.RowCount);
        fit = MixedModel.Fit(data, settings).WithAllEstimates();
        var clusters = new Clusters(data.Groupings[0].Groups);
        var groups = clusters.Split([.. Enumerable.Range(0, data.Rows)]);
        var ofRows = WeightColumns.OfRows(weights.Rows, complete, groups, weights.Scaling);
        var ofGroups = WeightColumns.OfGroups(weights.Groups, complete, groups);
        design = DesignOf(data with
        {
            Response = data.Response with
            {
                Successes = [.. data.Response.Successes.Zip(ofRows, (value, weight) => value * weight)],
                Trials = [.. data.Response.Trials.Zip(ofRows, (value, weight) => value * weight)],
            },
        });
        var (columns, rule) = (design.Operator.Columns(), GaussHermite.Of(settings.QuadraturePoints));
        likelihood = new WeightedLikelihood([.. clusters.Split(design.Cells.Rows).Select(cells => design.At(cells, columns))
            .Select(part => settings.QuadraturePoints > 1 ? (ILogLikelihood)new QuadratureLikelihood(part, rule)
                : new LaplaceLikelihood(part))], ofGroups);
    }

    internal WeightedEstimates Run()
    {
        var point = new PooledSearch(settings).Approach(PooledSearch.Start(design)).Next.ToArray();
        point[^1] = Math.Max(fit.RandomEffects[0].StandardDeviations[0], LeastStart);
        var optimum = new NewtonOptimiser(settings).Maximise(
            Optimum.Start(likelihood, point, new double[likelihood.ModeCount]), point.Length, settings.StepTolerance);
        var (estimates, varies) = (optimum.Next, Math.Abs(optimum.Next[^1]) > NoVariation);
        var at = likelihood.Confirm(estimates);
        var covariance = Sandwich(at, varies ? point.Length : design.Width);
        if (optimum.Reason != StopReason.StepIsShort || covariance is null) throw NoMaximum();
        var (beta, spread) = (design.ToOriginal(estimates.AsSpan(0, design.Width)), design.ToOriginal(covariance));
        return new WeightedEstimates(fit.Groups[0].Name, fit.Groups[0].Count, weights.Scaling,
            [.. fit.FixedEffects.Select((effect, k) =>
                new WeightedEstimate(effect.Term, effect.Estimate, beta[k], Math.Sqrt(spread[k, k])))],
            new WeightedEstimate($"SD of {fit.Groups[0].Name}", fit.RandomEffects[0].StandardDeviations[0], Math.Abs(estimates[^1]),
                varies ? Math.Sqrt(covariance[design.Width, design.Width]) : double.NaN))
        {
            Remarks = [.. Said(varies)],
        };
    }

    // J^-1 (K/(K - 1) sum of s s') J^-1, with the scores s of K groups, times their weights.
    private double[,]? Sandwich(LikelihoodPoint at, int free)
    {
        if (NewtonOptimiser.Covariance(at.Hessian, free) is not { } inverse) return null;
        var (covariance, count) = (new double[free, free], likelihood.Scores.Length);
        foreach (var score in likelihood.Scores)
        {
            var moved = new double[free];
            for (var row = 0; row < free; row++)
            {
                for (var column = 0; column < free; column++) moved[row] += inverse[row, column] * score[column];
            }

            for (var row = 0; row < free; row++)
            {
                for (var column = 0; column < free; column++)
                    covariance[row, column] += moved[row] * moved[column] * count / (count - 1);
            }
        }

        return covariance;
    }

    private Design DesignOf(ModelFrame data)
    {
        var whole = Design.Build(data, CellTable.Collapse(data));
        int[] kept = [.. Enumerable.Range(0, whole.Width).Where(k => fit.FixedEffects.Any(effect => effect.Term == whole.Names[k].Name))];
        return kept.Length == whole.Width ? whole : whole.Select(kept);
    }

    private void Require(ModelFrame data, int rows)
    {
        if (weights is { Rows: null, Groups: null })
            throw Wrong(data, "no column of sampling weights", "weights of rows, of groups or of both", "Name them in SamplingWeights.");
        if (data.Family is not (Family.Binomial or Family.Poisson) || !data.Formula.HasOneRandomIntercept)
            throw Wrong(data, "sampling weights with this model", "one random intercept, of the binomial or the Poisson family",
                "Fit such a model, or fit without sampling weights and ask for ClusterRobust().");
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
        if (!varies) yield return "With these weights groups do not vary: the standard deviation is at 0, without a standard error.";
    }

    private ProblemException NoMaximum() => new(new Problem(ProblemKind.NoEstimate, "no maximum of the weighted pseudo-likelihood",
        "weights of which none outweighs all others", fit.Formula, "Look at the largest weights, or trim them."));

    private static ProblemException Wrong(ModelFrame data, string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, data.Formula.Text, remedy));
}
