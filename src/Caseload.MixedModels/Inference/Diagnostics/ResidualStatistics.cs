using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Resampling;
using Caseload.MixedModels.Inference.Rows;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>A statistic that tests a fit.</summary>
/// <param name="Name">What is tested.</param>
/// <param name="IsTwoSided">Whether small values are against the model as large ones are.</param>
internal sealed record ResidualStatistic(string Name, bool IsTwoSided);

/// <summary>Statistics of a response and the fit to it, whose rows and groups are those of a first fit.</summary>
internal sealed class ResidualStatistics
{
    // The distribution of the residuals is kept as a histogram.
    private const int Bins = 200;

    private readonly PredictorRows rows;
    private readonly ModelFrame frame;
    private readonly double[] offset;
    private readonly IReadOnlyList<(string Column, int[] Codes)> structures;

    /// <param name="fit">The fit.</param>
    /// <param name="structures">Columns with the bin of each row, from 0; -1 of rows that belong to none.</param>
    internal ResidualStatistics(MixedModelFit fit, IReadOnlyList<(string Column, int[] Codes)> structures)
    {
        (rows, frame) = (PredictorRows.OfData(fit), PredictorRows.Data(fit).Frame);
        offset = FixedPart(fit, rows.FixedPart, -1);
        (string, int[])[] ofFixedPart = [("the fixed part", ColumnBins.OfNumbers(rows.FixedPart))];
        this.structures = [.. ofFixedPart.Where(structure => structure.Item2.Max() > 0), .. structures];
        All =
        [
            new("uniformity (Kolmogorov-Smirnov)", false), .. HasDispersion ? [new ResidualStatistic("dispersion (Pearson)", true)] : NoOther,
            .. IsOfCounts ? [new ResidualStatistic("zeros, observed over expected", true)] : NoOther,
            .. fit.RandomEffects.SelectMany(effect => effect.Terms.Select(term => new ResidualStatistic(
                $"furthest group of {effect.Group}{(term == DesignColumn.InterceptName ? "" : ", " + term)}", false))),
            .. this.structures.Select(structure => new ResidualStatistic($"mean residuals by {structure.Column}", false)),
        ];
    }

    /// <summary>The statistics, in the order of their values.</summary>
    internal IReadOnlyList<ResidualStatistic> All { get; }

    private static ResidualStatistic[] NoOther => [];

    private bool IsOfCounts => frame.Family is Family.Poisson or Family.NegativeBinomial;

    // The residual variance of a linear model is estimated, and that of a single 0/1 outcome follows from its mean.
    private bool HasDispersion => IsOfCounts || (frame.Family == Family.Binomial && frame.Response.Trials.Max() > 1);

    /// <summary>Their values.</summary>
    /// <param name="response">One number a row: successes, counts or numbers.</param>
    /// <param name="fit">The fit to it.</param>
    /// <param name="stream">Where ties are broken.</param>
    internal double[] Of(double[] response, MixedModelFit fit, RandomStream stream)
    {
        var means = Means(fit);
        var values = new List<double> { Distance(response, fit, means, stream) };
        if (HasDispersion) values.Add(Enumerable.Range(0, means.Length).Sum(row => Squared(row, response, fit, means)) / means.Length);
        if (IsOfCounts) values.Add(response.Count(value => value == 0) / means.Sum(mean => ResponseProbabilities.Zero(fit, mean)));
        values.AddRange(fit.RandomEffects.SelectMany(effect => effect.Terms.Select((term, k) => Furthest(fit, effect, k))));
        values.AddRange(structures.Select(structure => Structure(structure.Codes, response, fit, means)));
        return [.. values];
    }

    // The means at the conditional modes of the fit to the response, so that data and simulated data have drawn them to themselves alike.
    private double[] Means(MixedModelFit fit)
    {
        var random = rows.Random.Select((effect, i) => effect with { Effect = fit.RandomEffects[i] }).ToArray();
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

    // From the residuals' distribution to the uniform one.
    private double Distance(double[] response, MixedModelFit fit, double[] means, RandomStream stream)
    {
        var histogram = new int[Bins];
        for (var row = 0; row < means.Length; row++)
        {
            var (below, notAbove) = ResponseProbabilities.Of(fit, response[row], frame.Response.Trials[row], means[row]);
            histogram[Math.Clamp((int)((below + stream.Uniform() * (notAbove - below)) * Bins), 0, Bins - 1)]++;
        }

        var (sum, distance) = (0, 0.0);
        for (var bin = 0; bin < Bins; bin++)
        {
            sum += histogram[bin];
            distance = Math.Max(distance, Math.Abs(sum / (double)means.Length - (bin + 1.0) / Bins));
        }

        return distance;
    }

    private double Squared(int row, double[] response, MixedModelFit fit, double[] means)
    {
        var (residual, variance) = Residual(row, response, fit, means);
        return variance > 0 ? residual * residual / variance : 0;
    }

    // Of the sum of a row's trials; of a number times its weight.
    private (double Value, double Variance) Residual(int row, double[] response, MixedModelFit fit, double[] means)
    {
        var trials = frame.Response.Trials[row];
        var sum = fit.Family == Family.Gaussian ? trials * response[row] : response[row];
        return (sum - trials * means[row], trials * FittedMeans.Variance(fit, means[row]));
    }

    // How far out the furthest group lies, in diagnostic standard errors.
    private static double Furthest(MixedModelFit fit, RandomEffect effect, int place)
    {
        var variance = effect.Covariance[place][place];
        return fit.ConditionalModes.Where(mode => mode.Group == effect.Group && mode.Term == effect.Terms[place])
            .Select(mode => (Square: mode.Mode * mode.Mode, Variance: variance - mode.StandardError * mode.StandardError))
            .Where(mode => mode.Variance > 1e-10 * variance).Select(mode => Math.Sqrt(mode.Square / mode.Variance)).DefaultIfEmpty().Max();
    }

    // The mean squared standardised sum of residuals of a bin.
    private double Structure(int[] codes, double[] response, MixedModelFit fit, double[] means)
    {
        var sums = new (double Residual, double Variance)[codes.Max() + 1];
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] < 0) continue;
            var (residual, variance) = Residual(row, response, fit, means);
            sums[codes[row]] = (sums[codes[row]].Residual + residual, sums[codes[row]].Variance + variance);
        }

        return sums.Where(sum => sum.Variance > 0).Average(sum => sum.Residual * sum.Residual / sum.Variance);
    }
}
