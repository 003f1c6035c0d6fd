using System.Diagnostics;
using System.Globalization;
using Caseload.Benchmarks.Data;
using Caseload.Benchmarks.Fits;
using Caseload.Frames;
using Caseload.MixedModels;

namespace Caseload.Benchmarks.Peers;

/// <summary>
/// <c>peers</c>: the same models on the same rows by other software through R, in the same run as ours, as one table. It says where R or a
/// package is absent, and which peers maximise another function.
/// </summary>
internal static class PeerCommand
{
    private const int WarmUps = 10;
    private const int Repeats = 11;
    private const int QuickLimit = 180;
    private const int SlowLimit = 1800;

    internal static int Run(Arguments arguments)
    {
        var data = arguments.Data();
        var slow = arguments.Flag("--slow");
        var limit = TimeSpan.FromSeconds(arguments.Number("--limit", slow ? SlowLimit : QuickLimit));
        Table.Head("scenario", "fitted by", "seconds", "times ours", "log-likelihood less ours", "remark");
        foreach (var scenario in Scenarios.Named(arguments.Text("--only")))
        {
            var ours = Ours(scenario, data);
            var file = Path.Combine(Path.GetTempPath(), $"caseload-peers-{Environment.ProcessId}.csv");
            try
            {
                data[scenario.Data].Frame.SaveCsv(file);
                foreach (var peer in Peer.Of(scenario, slow))
                    Beside(scenario, peer, ours, RScript.Run("fit.R", limit, Words(scenario, peer, file)));
            }
            finally
            {
                File.Delete(file);
            }
        }

        return 0;
    }

    private static string[] Words(Scenario scenario, Peer peer, string file) =>
        [file, scenario.Formula, scenario.Settings.Factors is { Count: > 0 } factors ? string.Join(',', factors) : "-",
            scenario.Settings.Family == Family.Poisson ? "poisson" : "binomial", peer.Engine];

    // The warm median here, as in the benchmark proper but in a fraction of its time.
    private static (double Seconds, double LogLikelihood)? Ours(Scenario scenario, BenchmarkData data)
    {
        if (scenario.Obstacle(data) is { } obstacle)
        {
            Table.Row(scenario.Name, "caseload", "", "", "", "not fitted: " + obstacle);
            return null;
        }

        var columns = scenario.Code(data);
        var fit = scenario.Fit(columns);
        for (var i = 0; i < WarmUps; i++) fit = scenario.Fit(columns);
        var times = new double[Repeats];
        for (var i = 0; i < Repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            scenario.Fit(columns);
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(times);
        var median = times[Repeats / 2];
        Table.Row(scenario.Name, "caseload", Text(median, "0.0000"), "1", "0",
            $"log-likelihood {Text(fit.LogLikelihood, "F7")}; data: {data[scenario.Data].Origin}");
        return (median, fit.LogLikelihood);
    }

    private static void Beside(Scenario scenario, Peer peer, (double Seconds, double LogLikelihood)? ours, ScriptRun run)
    {
        if (run.Result is not [var seconds, var logLikelihood, var version])
        {
            Table.Row(scenario.Name, peer.Name, "", "", "", run.Absence);
            return;
        }

        var taken = double.Parse(seconds, CultureInfo.InvariantCulture);
        var reached = double.Parse(logLikelihood, CultureInfo.InvariantCulture);
        Table.Row(scenario.Name, peer.Name, Text(taken, "0.00"),
            ours is { } own ? Text(taken / own.Seconds, taken < 10 * own.Seconds ? "0.0" : "0") : "",
            ours is { } fit && peer.IsExact ? Text(reached - fit.LogLikelihood, "0.0e+0") : "",
            string.Join("; ", new[] { peer.Objective, version }.Where(word => word.Length > 0)));
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
