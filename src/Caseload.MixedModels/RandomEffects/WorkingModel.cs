using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.LinearModels;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The linear mixed model that a generalised one is near a linear predictor: a working response whose residual variances are known
/// (Breslow and Clayton 1993). docs/method.md derives it.
/// </summary>
/// <param name="design">The design.</param>
/// <param name="layout">How the random effects meet its cells.</param>
internal sealed class WorkingModel(Design design, RandomLayout layout)
{
    // Of its trials, the least weight of a cell: below it the mean is 0 or 1 for every purpose, and the weight would vanish.
    private const double LeastWeight = 1e-10;

    private readonly RunSums sums = new(layout);

    /// <summary>The linear predictor of each cell, offsets included.</summary>
    /// <param name="beta">The coefficients of the standardised columns.</param>
    /// <param name="effects">The random effects b; empty for a predictor without them.</param>
    internal double[] LinearPredictor(double[] beta, double[] effects)
    {
        var eta = design.Predict(beta);
        if (effects.Length == 0) return eta;
        Span<double> coefficients = stackalloc double[layout.Columns.Count];
        for (var run = 0; run < layout.Runs; run++)
        {
            sums.Coefficients(run, effects, coefficients);
            sums.Spread(run, coefficients, eta.AsSpan(layout.RunStarts[run]..layout.RunStarts[run + 1]));
        }

        return eta;
    }

    /// <summary>The variance of each cell's linear predictor given the data.</summary>
    /// <param name="conditional">The conditional covariances of the random effects.</param>
    internal double[] Leverage(BlockMatrix conditional)
    {
        var leverage = new double[design.Cells.Count];
        for (var run = 0; run < layout.Runs; run++)
            sums.Leverage(run, conditional, leverage.AsSpan(layout.RunStarts[run]..layout.RunStarts[run + 1]));
        return leverage;
    }

    /// <summary>The linear mixed model; null where its columns are too nearly dependent to be told apart.</summary>
    /// <param name="eta">The linear predictor where the mean is expanded.</param>
    /// <param name="leverage">The variances about it that the second order takes along; empty of the first order.</param>
    internal LinearStatistics? At(double[] eta, double[] leverage)
    {
        var (cells, kernel) = (design.Cells, design.Kernel);
        var (response, weights) = (new double[eta.Length], new double[eta.Length]);
        for (var cell = 0; cell < eta.Length; cell++)
        {
            // The observed information at the mean is the expected information, n f'^2 / V, whatever the link.
            var trials = cells.Trials[cell];
            weights[cell] = Math.Max(kernel.At(trials * kernel.Mean(eta[cell]), trials, eta[cell]).Weight, LeastWeight * trials);
            response[cell] = eta[cell] + kernel.At(cells.Successes[cell], trials, eta[cell]).Score / weights[cell];
            if (leverage.Length > 0) response[cell] -= leverage[cell] * kernel.MeanCurvature(eta[cell]) / 2;
        }

        return LinearStatistics.Of(design, layout, new CellMeans(response, 0), cells.Count, weights);
    }
}
