using System.Globalization;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;

namespace Caseload.Benchmarks.Coverage;

/// <summary>
/// <c>coverage</c>: how often the 95% Wald intervals hold the truth over many simulated data sets. Data sets are drawn and fitted side by
/// side; each depends on the seed and its number alone, so the table is the same on any number of processors.
/// </summary>
internal static class CoverageCommand
{
    // The 97.5% quantile of the standard normal distribution.
    private const double Quantile = 1.959963984540054;

    internal static int Run(Arguments arguments)
    {
        var (sets, seed) = (arguments.Number("--datasets", 1000), arguments.Number("--seed", 1));
        var settings = new FitSettings { QuadraturePoints = arguments.Number("--quadrature", 1) };
        var fits = new MixedModelFit[sets];
        Parallel.For(0, sets, number => fits[number] = Trial.Fit(seed, number, settings));

        var failed = fits.Count(fit => !fit.Converged);
        var singular = fits.Count(fit => fit.Singular);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{sets} data sets of {Trial.Groups} groups of {Trial.Size}, seed {seed}, {Trial.Formula}, K = {settings.QuadraturePoints}; "
            + $"{failed} did not converge, {singular} singular"));
        Table.Head("parameter", "truth", "mean estimate", "mean standard error / standard deviation of estimates",
            "held the truth", "Monte Carlo error");
        for (var i = 0; i < Trial.Truth.Length; i++)
        {
            var (term, truth) = Trial.Truth[i];
            Print(term, truth, [.. fits.Select(fit => Interval.Of(fit[term].Estimate, fit[term].StandardError))]);
        }

        Interval[] deviations = [.. fits.Select(Deviation)];
        Print("SD of the group, interval of the SD", Trial.Deviation, deviations);
        Print("SD of the group, interval of its logarithm", Trial.Deviation, [.. deviations.Select(interval => interval.OfLogarithm())]);
        return 0;
    }

    private static Interval Deviation(MixedModelFit fit) =>
        Interval.Of(fit.RandomEffects[0].StandardDeviations[0], fit.RandomEffects[0].StandardDeviationErrors[0]);

    private static void Print(string name, double truth, Interval[] intervals)
    {
        var mean = intervals.Average(interval => interval.Estimate);
        var spread = Math.Sqrt(intervals.Sum(interval => Math.Pow(interval.Estimate - mean, 2)) / (intervals.Length - 1));
        var covered = intervals.Count(interval => interval.Lower <= truth && truth <= interval.Upper) / (double)intervals.Length;
        Table.Row(name, Text(truth, "0.00"), Text(mean, "0.0000"), Text(intervals.Average(interval => interval.Error) / spread, "0.000"),
            Text(100 * covered, "0.0") + "%", Text(100 * Math.Sqrt(covered * (1 - covered) / intervals.Length), "0.0"));
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Interval(double Estimate, double Error, double Lower, double Upper)
    {
        internal static Interval Of(double estimate, double error) =>
            new(estimate, error, estimate - Quantile * error, estimate + Quantile * error);

        // By the delta method: the logarithm has the standard error that the estimate has relative to itself.
        internal Interval OfLogarithm() => this with
        {
            Lower = Estimate * Math.Exp(-Quantile * Error / Estimate), Upper = Estimate * Math.Exp(Quantile * Error / Estimate),
        };
    }
}
