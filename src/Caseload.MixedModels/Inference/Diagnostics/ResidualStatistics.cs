using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Resampling;
using Caseload.MixedModels.Inference.Rows;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>A response and the fit to it.</summary>
/// <param name="Response">One number a row: successes, counts or numbers.</param>
/// <param name="Fit">The fit.</param>
/// <param name="Means">The mean of each row, of one trial where it is binomial, at the conditional modes of the fit.</param>
/// <param name="Stream">Where ties are broken.</param>
internal sealed record FittedResponse(double[] Response, MixedModelFit Fit, double[] Means, RandomStream Stream);

/// <summary>A statistic that tests a fit.</summary>
/// <param name="Name">What is tested.</param>
/// <param name="IsTwoSided">Whether small values are against the model as large ones are.</param>
/// <param name="Of">Its value.</param>
internal sealed record ResidualStatistic(string Name, bool IsTwoSided, Func<FittedResponse, double> Of);

/// <summary>The statistics of a response and the fit to it, whose rows and groups are those of a first fit.</summary>
internal sealed class ResidualStatistics
{
    // The distribution of the residuals is kept as a histogram.
    private const int Bins = 200;

    // The share of a variance that is nothing but rounding.
    private const double Nothing = 1e-10;

    private readonly PredictorRows rows;
    private readonly ModelFrame frame;
    private readonly double[] offset;

    /// <param name="fit">The first fit.</param>
    /// <param name="structures">Columns with the bin of each row, from 0; -1 of rows that belong to none.</param>
    internal ResidualStatistics(MixedModelFit fit, IReadOnlyList<(string Column, int[] Codes)> structures)
    {
        (rows, frame) = (PredictorRows.OfData(fit), PredictorRows.Data(fit).Frame);
        offset = FixedPart(fit, rows.FixedPart, -1);
        All = [.. OfRows(), .. OfGroups(fit), .. OfBins(structures)];
    }

    /// <summary>The statistics.</summary>
    internal IReadOnlyList<ResidualStatistic> All { get; }

    /// <summary>Their values, in their order.</summary>
    /// <param name="response">One number a row: successes, counts or numbers.</param>
    /// <param name="fit">The fit to it.</param>
    /// <param name="stream">Where ties are broken.</param>
    internal double[] Of(double[] response, MixedModelFit fit, RandomStream stream)
    {
        var fitted = new FittedResponse(response, fit, Means(fit), stream);
        return [.. All.Select(statistic => statistic.Of(fitted))];
    }

    private IEnumerable<ResidualStatistic> OfRows()
    {
        yield return new ResidualStatistic("uniformity (Kolmogorov-Smirnov)", false, Distance);
        var isOfCounts = frame.Family is Family.Poisson or Family.NegativeBinomial;

        // The residual variance of a linear model is estimated, and that of a single 0/1 outcome follows from its mean.
        if (isOfCounts || (frame.Family == Family.Binomial && frame.Response.Trials.Max() > 1))
            yield return new ResidualStatistic("dispersion (Pearson)", true, Dispersion);
        if (isOfCounts)
            yield return new ResidualStatistic("zeros, observed over expected", true, static fitted =>
                fitted.Response.Count(value => value == 0) / fitted.Means.Sum(mean => ResponseProbabilities.Zero(fitted.Fit, mean)));
    }

    private static IEnumerable<ResidualStatistic> OfGroups(MixedModelFit fit) =>
        from block in Enumerable.Range(0, fit.RandomEffects.Count)
        from place in Enumerable.Range(0, fit.RandomEffects[block].Terms.Count)
        let term = fit.RandomEffects[block].Terms[place]
        select new ResidualStatistic(
            $"furthest group of {fit.RandomEffects[block].Group}{(term == DesignColumn.InterceptName ? "" : ", " + term)}", false,
            fitted => Furthest(fitted.Fit, fitted.Fit.RandomEffects[block], place));

    private IEnumerable<ResidualStatistic> OfBins(IReadOnlyList<(string Column, int[] Codes)> structures)
    {
        var ofFixedPart = ColumnBins.OfNumbers(rows.FixedPart);
        if (ofFixedPart.Max() > 0) structures = [("the fixed part", ofFixedPart), .. structures];
        return structures.Select(structure => new ResidualStatistic($"mean residuals by {structure.Column}", false,
            fitted => MeanResiduals(structure.Codes, fitted)));
    }

    // At the modes of the fit to the response: data and simulated data have then drawn the modes to themselves alike.
    private double[] Means(MixedModelFit fit)
    {
        EffectRows[] random = [.. rows.Random.Select((effect, i) => effect with { Effect = fit.RandomEffects[i] })];
        var own = rows with { FixedPart = FixedPart(fit, offset, 1), Random = random };
        return [.. ModalRows.Of(fit, own, frame).LinearPredictor.Select(eta => InverseLink.At(fit.Link, eta).Value)];
    }

    private double[] FixedPart(MixedModelFit fit, double[] from, double factor)
    {
        var sum = (double[])from.Clone();
        for (var k = 0; k < rows.Columns.Length; k++)
        {
            var (column, beta) = (rows.Columns[k], factor * fit.FixedEffects[k].Estimate);
            for (var row = 0; row < sum.Length; row++) sum[row] += beta * column[row];
        }

        return sum;
    }

    // From the distribution of the residuals to the uniform one.
    private double Distance(FittedResponse fitted)
    {
        var histogram = new int[Bins];
        for (var row = 0; row < fitted.Means.Length; row++)
        {
            var (value, trials) = (fitted.Response[row], frame.Response.Trials[row]);
            var (below, notAbove) = ResponseProbabilities.Of(fitted.Fit, value, trials, fitted.Means[row]);
            histogram[Math.Clamp((int)((below + fitted.Stream.Uniform() * (notAbove - below)) * Bins), 0, Bins - 1)]++;
        }

        var (sum, distance) = (0, 0.0);
        for (var bin = 0; bin < Bins; bin++)
        {
            sum += histogram[bin];
            distance = Math.Max(distance, Math.Abs(sum / (double)fitted.Means.Length - (bin + 1.0) / Bins));
        }

        return distance;
    }

    private double Dispersion(FittedResponse fitted)
    {
        var sum = 0.0;
        for (var row = 0; row < fitted.Means.Length; row++)
        {
            var (residual, variance) = Residual(row, fitted);
            if (variance > 0) sum += residual * residual / variance;
        }

        return sum / fitted.Means.Length;
    }

    // Of the sum of a row's trials; of a number times its weight.
    private (double Value, double Variance) Residual(int row, FittedResponse fitted)
    {
        var (trials, mean) = (frame.Response.Trials[row], fitted.Means[row]);
        var sum = frame.Family == Family.Gaussian ? trials * fitted.Response[row] : fitted.Response[row];
        return (sum - trials * mean, trials * FittedMeans.Variance(fitted.Fit, mean));
    }

    // How far out the furthest group lies, in diagnostic standard errors.
    private static double Furthest(MixedModelFit fit, RandomEffect effect, int place)
    {
        var variance = effect.Covariance[place][place];
        return fit.ConditionalModes.Where(mode => mode.Group == effect.Group && mode.Term == effect.Terms[place])
            .Select(mode => (mode.Mode, Variance: variance - mode.StandardError * mode.StandardError))
            .Where(mode => mode.Variance > Nothing * variance).Select(mode => Math.Abs(mode.Mode) / Math.Sqrt(mode.Variance))
            .DefaultIfEmpty().Max();
    }

    // The mean squared standardised sum of the residuals of a bin.
    private double MeanResiduals(int[] codes, FittedResponse fitted)
    {
        var sums = new (double Residual, double Variance)[codes.Max() + 1];
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] < 0) continue;
            var (residual, variance) = Residual(row, fitted);
            ref var sum = ref sums[codes[row]];
            sum = (sum.Residual + residual, sum.Variance + variance);
        }

        return sums.Where(sum => sum.Variance > 0).Select(sum => sum.Residual * sum.Residual / sum.Variance).DefaultIfEmpty().Average();
    }
}
