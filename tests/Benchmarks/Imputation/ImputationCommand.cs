using System.Diagnostics;
using System.Globalization;
using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Models;
using Caseload.Models.MissingData;
using Caseload.Returns;
using Caseload.Schemas;
using Caseload.Simulation;

namespace Caseload.Benchmarks.Imputation;

/// <summary>
/// <c>imputation</c>: the time that imputation takes on a simulated cohort, and with <c>--datasets</c> how often its intervals hold the
/// truth where values are missing at random.
/// </summary>
internal static class ImputationCommand
{
    internal static int Run(Arguments arguments)
    {
        var settings = new MissingDataSettings
        {
            Imputations = arguments.Number("--imputations", 20), Iterations = arguments.Number("--iterations", 10),
            Seed = arguments.Number("--seed", 1),
        };
        var sets = arguments.Number("--datasets", 0);
        return sets > 0 ? ImputationCoverage.Run(sets, settings) : Time(arguments.Number("--children", Truth.CohortChildren), settings);
    }

    private static int Time(int children, MissingDataSettings settings)
    {
        var cohort = Simulate(new SimulationSettings { Children = children });
        var main = StudyModels.Fit(ModelData.Of(cohort)).Interaction;
        using var process = Process.GetCurrentProcess();
        var (before, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var results = MissingDataAnalysis.Run(cohort, main, settings);
        process.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{settings.Imputations} imputations of {settings.Iterations} rounds, {results.Choices[^1].Children} children: "
            + $"{clock.Elapsed.TotalSeconds:0.0} s, {(process.TotalProcessorTime - before).TotalSeconds:0.0} s of processor, "
            + $"at most {process.PeakWorkingSet64 / 1048576.0:0} MB"));
        foreach (var c in results.Covariates)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{c.Variable}: {c.Missing} missing, scale reduction {c.ScaleReduction:0.000}"));
        Table.Head(["term", .. results.Choices.Select(c => c.Choice.Name()), "FMI"]);
        foreach (var (term, pooled) in results.Choices[^1].Coefficients)
        {
            Table.Row([term, .. results.Choices.Select(c => c.Find(term) is { } e
                ? string.Create(CultureInfo.InvariantCulture, $"{e.Estimate:0.0000} ({e.StandardError:0.0000})") : "-"),
                pooled.FractionMissing.ToString("0.00", CultureInfo.InvariantCulture)]);
        }

        Table.Row(["log SD", .. results.Choices.Select(c => string.Create(
            CultureInfo.InvariantCulture, $"{c.AreaDeviation.Estimate:0.0000} ({c.AreaDeviation.StandardError:0.0000})"))]);
        return 0;
    }

    private static Cohort Simulate(SimulationSettings settings)
    {
        var folder = Directory.CreateTempSubdirectory("caseload").FullName;
        try
        {
            var places = SimulationFiles.Write(Simulator.Run(settings), settings, folder, ReturnFormat.Csv);
            return CohortBuilder.Build(
                ReturnsReader.ReadFolder(DataPackage.Load().Table("returns"), places.Returns), AreaTable.Read(places.Areas),
                new CohortSettings());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
