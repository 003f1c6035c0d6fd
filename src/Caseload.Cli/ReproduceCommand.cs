using System.CommandLine;
using System.Runtime.InteropServices;
using Caseload.Disclosure;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.Models.MissingData;
using Caseload.Notebooks.Runner;
using Caseload.Notebooks.Session;
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
        var missing = new MissingDataOptions();
        options.AddTo(command);
        missing.AddTo(command);
        command.SetAction(parsed => Run(
            options.Inputs(parsed), new RunChoices(missing.Settings(parsed), options.Disclosure.Chosen(parsed)),
            parsed.GetValue(options.Out)!, !parsed.GetValue(options.NoNotebooks), parsed.GetValue(options.Quiet)));
        return command;
    }

    private static int Run(RunInputs inputs, RunChoices choices, string folder, bool withNotebooks, bool isQuiet)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var stages = new Stages(clock, isQuiet);
        BackgroundFailures.TellInCell();

        // The compiler's first start takes a second or two; the data are read meanwhile.
        var runner = new NotebookRunner();
        var warm = withNotebooks ? runner.WarmAsync() : Task.CompletedTask;
        var package = DataPackage.Load();

        // A folder without its manifest is no run: one that is cut short is not taken for the run before it.
        RunManifest.Remove(folder);
        var loaded = RunLoader.Load(inputs, package, folder, stages);
        var results = stages.Run("describing and modelling", () => StudyAnalysis.Run(loaded.Cohort, package)) with
        {
            AreaFigures = loaded.Figures, Oddities = loaded.Oddities, ChosenPolicy = choices.Disclosure,
        };
        results = stages.Run("inference and sensitivity", () => results.AddInference(loaded.Cohort).AddSensitivity(loaded.Cohort));
        if (choices.MissingData is { } missing) results = stages.Run("missing data", () => results.AddMissingData(loaded.Cohort, missing));
        var ledger = LedgerBuilder.Build(results);
        var provenance = Provenance(loaded, package, results.Policy);
        stages.Run("writing tables, ledger and report", () =>
        {
            RunOutput.Write(results, ledger, provenance, folder);
            RunExports.Write(loaded, results, package, folder);
            StudyNotebooks.RemoveEarlier(folder);
            new RunManifest(
                results.IsSimulated ? "simulated" : "real", loaded.CohortFile, results.Settings.CohortYear, results.Settings.FollowUpYears,
                loaded.Figures, provenance)
            {
                Disclosure = results.Policy,
            }.Write(folder);
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

        if (results.MissingDataObstacle is { } unestimated) code = Math.Max(code, CommandHost.Report(unestimated));
        return results.Release().ModelObstacle is { } obstacle ? Math.Max(code, CommandHost.Report(obstacle)) : code;
    }

    private static Definition[] Provenance(LoadedRun loaded, DataPackage package, DisclosurePolicy policy) =>
    [
        new("Data", loaded.Description),
        new("Area figures", loaded.Figures?.ToString() ?? "those of the cohort file"),
        new("Kind of data", loaded.Cohort.IsSimulated ? "simulated" : "real"),
        new("Disclosure control", policy.Words),
        new("Caseload", typeof(ReproduceCommand).Assembly.GetName().Version!.ToString(3)),
        new("Contract of the tables", "data-schema " + package.Version),
        new("Runtime", RuntimeInformation.FrameworkDescription),
    ];
}

/// <summary>What a person chose for a run beside its inputs.</summary>
/// <param name="MissingData">The choices about missing data beside complete cases; null for none.</param>
/// <param name="Disclosure">The disclosure policy; null for that of the kind of data.</param>
internal sealed record RunChoices(MissingDataSettings? MissingData, DisclosurePolicy? Disclosure);

/// <summary>The options of <c>caseload reproduce</c>.</summary>
internal sealed class ReproduceOptions
{
    private readonly ReturnsOptions returns = new();
    private readonly Option<string?> cohort = new("--cohort") { HelpName = "FILE", Description = "Cohort file, in place of returns." };
    private readonly SimulationOptions simulation = new();

    internal Option<string> Out { get; } = new("--out")
    {
        HelpName = "DIR", Description = "Folder to write to.", DefaultValueFactory = _ => "output",
    };

    internal Option<bool> NoNotebooks { get; } = new("--no-notebooks") { Description = "Do not run the notebooks." };

    internal Option<bool> Quiet { get; } = CommonOptions.Quiet();

    internal DisclosureOptions Disclosure { get; } = new();

    internal void AddTo(Command command)
    {
        returns.AddTo(command);
        Disclosure.AddTo(command);
        foreach (var option in new Option[] { cohort, Out, NoNotebooks, Quiet }) command.Options.Add(option);
        simulation.AddTo(command);
    }

    /// <summary>What to read; options that do not go together are wrong usage.</summary>
    internal RunInputs Inputs(ParseResult parsed)
    {
        var file = parsed.GetValue(cohort);
        if (file is not null && returns.ForReturns(parsed) is { } option)
            throw Wrong($"both {option} and --cohort", "one of them",
                "A cohort file is cleaned, linked and joined to its area figures already: leave one out.");
        var fromReturns = returns.Read(parsed);
        var real = fromReturns is not null || file is not null;
        if (real && simulation.AreGiven(parsed))
            throw Wrong("--truth, --seed or --children with data of your own", "these options without returns and --cohort",
                "They belong to the simulation: leave them out.");
        if (!real && returns.IsYearGiven(parsed))
            throw Wrong("--cohort-year without returns or --cohort", "the option with data of your own",
                "The simulation is of 2010-11: leave it out.");
        var target = Path.Combine(parsed.GetValue(Out)!, "cohort.csv");
        OutputPaths.RequireApart(target, fromReturns?.Returns.Folder, fromReturns?.Areas.File);
        if (fromReturns is not null) return fromReturns;
        var settings = returns.Settings(parsed);
        return file is not null ? new RunInputs.FromCohort(file, settings, returns.IsYearGiven(parsed))
            : new RunInputs.Simulated(
                simulation.Settings(parsed) with { Recorded = ModelledOption.Recorded(settings.Modelled.Choice) },
                returns.Choice(parsed), settings);
    }

    private static ProblemException Wrong(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, "caseload reproduce", remedy));
}
