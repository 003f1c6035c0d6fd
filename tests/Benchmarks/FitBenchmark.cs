using System.Diagnostics;
using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.Benchmarks;

/// <summary>
/// Times the fit of the benchmark cohort, whole and by stages, and sets it beside what other software took on the same data and model.
/// Each time is the median of repeats in one process after a few that warm it up.
/// </summary>
internal static class FitBenchmark
{
    private const int WarmUps = 20;
    private const int Repeats = 31;

    private const string Formula =
        "y ~ age + female + disabled + nfa + need + eth + source + I((cin10/10-11)/5)*I((ref-550)/250) + (1|la)";

    // Seconds that other software took for this model on these rows or their cells, from peer_timings.csv beside the data (least processor
    // time on the machine where that was made).
    private static readonly (string Name, double Seconds)[] Peers =
    [
        ("lme4 1.1-31 glmer, rows", 228.528), ("lme4 glmer, bobyqa, cells", 96.456), ("lme4 glmer, nAGQ = 0, cells", 2.52),
        ("glmmTMB, rows", 20.674), ("glmmTMB, profiled, cells", 5.738), ("mgcv bam, discrete, cells", 0.425),
    ];

    internal static int Run(string file)
    {
        var settings = new FitSettings { Factors = ["age", "need", "eth", "source"] };
        var formula = ModelFormula.Parse(Formula);
        var watch = Stopwatch.GetTimestamp();
        var data = Frame.LoadCsv(file);
        Line("read (once, cold)", Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
        Line("evaluate and code the columns", Time(() => ModelFrame.Build(data, formula, settings)));

        var frame = ModelFrame.Build(data, formula, settings);
        var cells = CellTable.Collapse(frame);
        var design = Design.Build(frame, cells);
        var likelihood = new LaplaceLikelihood(design);
        double[] point = [.. new double[design.Width], 0.4];
        Line("collapse the rows", Time(() => CellTable.Collapse(frame)));
        Line("build the design", Time(() => Design.Build(frame, cells)));
        Line("likelihood, gradient and Hessian, once", Time(() => likelihood.Evaluate(point, new double[likelihood.GroupCount])));
        Line("likelihood alone, once", Time(() => likelihood.Value(point)));

        var fit = MixedModel.Fit(frame, settings).Require();
        var warm = Time(() => MixedModel.Fit(frame, settings));
        Line("whole fit, warm: collapse, fit, standard errors, checks", warm);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{fit.Observations} rows, {fit.Patterns} cells, {fit.FixedEffects.Count} fixed effects, "
            + $"{Environment.ProcessorCount} processors; log-likelihood {fit.LogLikelihood:F7}\n"));
        foreach (var (name, seconds) in Peers)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-60}{1000 * seconds,12:F0} ms   {1000 * seconds / warm,8:F0} times the warm fit"));
        return 0;
    }

    private static void Line(string name, double milliseconds) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-60}{milliseconds,12:F2} ms"));

    private static double Time<T>(Func<T> work)
    {
        for (var i = 0; i < WarmUps; i++) work();
        var times = new double[Repeats];
        for (var i = 0; i < Repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Repeats / 2];
    }
}
