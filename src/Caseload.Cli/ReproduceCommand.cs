using System.CommandLine;
using System.Runtime.InteropServices;
using Caseload.Cohorts;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.Notebooks.Runner;
using Caseload.Reports;
using Caseload.Results;
using Caseload.Schemas;
using Caseload.Simulation;

namespace Caseload.Cli;

/// <summary><c>caseload reproduce</c>: the whole way, from returns to report.</summary>
internal static class ReproduceCommand
{
    internal static Command Build()
    {
        var options = new ReproduceOptions();
        var command = new Command(
            "reproduce",
            "From returns to report: read, link, describe, model, compare with the published findings. Without data it simulates them.");
        options.AddTo(command);
        command.SetAction(parsed => Run(
            options.Inputs(parsed), parsed.GetValue(options.Out)!, !parsed.GetValue(options.NoNotebooks), parsed.GetValue(options.Quiet)));
        return command;
    }

    private static int Run(RunInputs inputs, string folder, bool withNotebooks, bool isQuiet)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var stages = new Stages(clock, isQuiet);

        // The compiler's first start takes a second or two; the data are read meanwhile.
        var runner = new NotebookRunner();
        var warm = withNotebooks ? runner.WarmAsync() : Task.CompletedTask;
        var package = DataPackage.Load();

        // A folder without its manifest is no run: one that is cut short is not taken for the run before it.
        RunManifest.Remove(folder);
        var loaded = RunLoader.Load(inputs, package, folder, stages);
        var results = stages.Run("describing and modelling", () => StudyAnalysis.Run(loaded.Cohort, package)) with
        {
            AreaYear = loaded.AreaYear, Oddities = loaded.Oddities,
        };
        var ledger = LedgerBuilder.Build(results);
        var provenance = Provenance(loaded, package);
        stages.Run("writing tables, ledger and report", () =>
        {
            RunOutput.Write(results, ledger, provenance, folder);
            StudyNotebooks.RemoveEarlier(folder);
            new RunManifest(
                results.IsSimulated ? "simulated" : "real", loaded.CohortFile, results.Settings.CohortYear, results.Settings.FollowUpYears,
                loaded.AreaYear, provenance).Write(folder);
            return true;
        });
        warm.GetAwaiter().GetResult();
        var notebooks = withNotebooks
            ? stages.Run("running the notebooks", () => StudyNotebooks.Run(runner, results, folder))
            : NotebookOutcome.Skipped;
        if (!isQuiet) RunSummary.Print(new RunSummary(results, ledger, loaded, notebooks, folder, clock.GetElapsedTime(started)));
        return ExitCode(results, ledger, loaded, notebooks);
    }

    private static int ExitCode(StudyResults results, Ledger ledger, LoadedRun loaded, NotebookOutcome notebooks)
    {
        var code = loaded.Readings.Max(Say.Findings);
        if (notebooks.Failure is { } failure) code = Math.Max(code, CommandHost.Report(failure.ToProblem()));
        if (!results.IsSimulated && ledger.Count(ClaimStatus.Differs) > 0)
        {
            Say.Note(
                $"published findings that differ from these data: {ledger.Count(ClaimStatus.Differs)}; the report's ledger says which");
            code = Math.Max(code, (int)ProblemKind.CheckFailed);
        }

        return results.ModelObstacle is { } obstacle ? Math.Max(code, CommandHost.Report(obstacle)) : code;
    }

    private static Definition[] Provenance(LoadedRun loaded, DataPackage package) =>
    [
        new("Data", loaded.Description),
        new("Kind of data", loaded.Cohort.IsSimulated ? "simulated" : "real"),
        new("Caseload", typeof(ReproduceCommand).Assembly.GetName().Version!.ToString(3)),
        new("Contract of the tables", "data-schema " + package.Version),
        new("Runtime", RuntimeInformation.FrameworkDescription),
    ];
}

/// <summary>The options of <c>caseload reproduce</c>.</summary>
internal sealed class ReproduceOptions
{
    private readonly Option<string?> returns = new("--returns")
    {
        HelpName = "DIR", Description = "Folder with CIN census returns (.xml, .csv, .gz of these).",
    };
    private readonly Option<string?> areas = new("--areas") { HelpName = "FILE", Description = "Area table; goes with --returns." };
    private readonly Option<string?> cohort = new("--cohort") { HelpName = "FILE", Description = "Cohort file, in place of returns." };
    private readonly Option<int> year = CommonOptions.CohortYear();
    private readonly SimulationOptions simulation = new();

    internal Option<string> Out { get; } = new("--out")
    {
        HelpName = "DIR", Description = "Folder to write to.", DefaultValueFactory = _ => "output",
    };

    internal Option<bool> NoNotebooks { get; } = new("--no-notebooks") { Description = "Do not run the notebooks." };

    internal Option<bool> Quiet { get; } = CommonOptions.Quiet();

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { returns, areas, cohort, year, Out, NoNotebooks, Quiet })
            command.Options.Add(option);
        simulation.AddTo(command);
    }

    /// <summary>What to read; options that do not go together are wrong usage.</summary>
    internal RunInputs Inputs(ParseResult parsed)
    {
        bool Given(Option option) => parsed.GetResult(option) is { Implicit: false };
        var (folder, table, file) = (parsed.GetValue(returns), parsed.GetValue(areas), parsed.GetValue(cohort));
        if (folder is not null && file is not null) throw Wrong("both --returns and --cohort", "one of them", "Leave one out.");
        if ((folder is null) != (table is null))
            throw Wrong(folder is null ? "--areas without --returns" : "--returns without --areas", "both or neither",
                "caseload areas builds an area table from published files.");
        var real = folder is not null || file is not null;
        if (real && simulation.AreGiven(parsed))
            throw Wrong("--truth, --seed or --children with data of your own", "these options without --returns and --cohort",
                "They belong to the simulation: leave them out.");
        if (!real && Given(year))
            throw Wrong("--cohort-year without --returns or --cohort", "the option with data of your own",
                "The simulation is of 2010-11: leave it out.");
        var settings = new CohortSettings { CohortYear = parsed.GetValue(year) };
        var target = Path.Combine(parsed.GetValue(Out)!, "cohort.csv");
        OutputPaths.RequireApart(target, folder, table);
        return file is not null ? new RunInputs.FromCohort(file, settings, Given(year))
            : folder is not null ? new RunInputs.FromReturns(folder, table!, settings)
            : new RunInputs.Simulated(simulation.Settings(parsed));
    }

    private static ProblemException Wrong(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, "caseload reproduce", remedy));
}
