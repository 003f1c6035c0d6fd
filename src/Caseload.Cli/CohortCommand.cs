using System.CommandLine;
using Caseload.Exports;
using Caseload.Frames;
using Caseload.Reports;
using Caseload.Results;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary><c>caseload cohort</c>: from returns and an area table to a cohort file.</summary>
internal static class CohortCommand
{
    internal static Command Build()
    {
        var returns = new ReturnsOptions();
        var path = new Option<string>("--out")
        {
            HelpName = "FILE", Description = "Cohort file to write; it holds a row a child.", Required = true,
        };
        var json = CommonOptions.Json("an account of cleaning, linkage and flow");
        var continuity = new Option<string?>("--continuity")
        {
            HelpName = "FILE",
            Description = "Write the continuity of identifiers as CSV, a row an authority and year; of real data what may be shown.",
        };
        var quiet = CommonOptions.Quiet();
        var command = new Command("cohort", "Build the cohort: clean the returns, link the years, find first referrals and what followed.");
        returns.AddTo(command);
        foreach (var option in new Option[] { path, json, continuity, quiet }) command.Options.Add(option);
        command.SetAction(parsed => Run(
            returns.Read(parsed) ?? throw new ProblemException(new Problem(
                ProblemKind.WrongUsage, "no returns", "--returns DIR, or --connection C and --query Q, with --areas FILE",
                "caseload cohort", "Name the returns and the area table.")),
            new Outputs(parsed.GetValue(path)!, parsed.GetValue(json), parsed.GetValue(continuity)), parsed.GetValue(quiet)));
        return command;
    }

    private static int Run(RunInputs.FromReturns inputs, Outputs outputs, bool isQuiet)
    {
        foreach (var output in new[] { outputs.Cohort, outputs.Json, outputs.Continuity })
            OutputPaths.RequireApart(output, inputs.Returns.Folder, inputs.Areas.File);
        OutputPaths.RequireDifferent(
            ("--out", outputs.Cohort), ("--json", outputs.Json), ("--continuity", outputs.Continuity),
            ("the data package of --out", outputs.Cohort == "-" ? null : CohortPackage.PathFor(outputs.Cohort)));
        var areas = inputs.Areas.Read(inputs.Settings);
        var package = DataPackage.Load();
        var returns = inputs.Returns.Read(package.Table("returns"));
        var cohort = RunLoader.Link(returns, areas, inputs.Settings);
        cohort.Children.SaveCsv(outputs.Cohort);
        if (outputs.Cohort != "-")
        {
            var source = ReturnsSource.Describe(returns, inputs.Returns.Folder);
            CohortPackage.Write(cohort, package, outputs.Cohort, RunExports.Origin(cohort.IsSimulated, source, package));
        }

        // Describing takes a while: only where something of it is asked for.
        var described = new Lazy<StudyResults>(() => StudyAnalysis.Describe(cohort, package));
        if (outputs.Json is { } json) CohortAccount.Write(described.Value, json);
        if (outputs.Continuity is { } continuity)
        {
            (described.Value.Policy.ShowsAll ? cohort.Linkage!.Continuity.ToFrame() : LinkageTables.Continuity(described.Value))
                .SaveCsv(continuity);
        }


        if (!isQuiet)
        {
            // What goes down a pipe is the table alone.
            var terminal = outputs.Cohort == "-" || outputs.Json == "-" || outputs.Continuity == "-" ? Console.Error : Console.Out;
            var kind = cohort.IsSimulated ? " (simulated data)" : "";
            terminal.WriteLine(FormattableString.Invariant(
                $"Cohort of {cohort.Settings.CohortLabel}{kind}, followed to {cohort.Settings.FollowUpEnd:yyyy-MM-dd}:"));
            terminal.WriteLine($"  {areas.Figures}");
            Say.Flow(described.Value, terminal);
            CohortAccount.Print(cohort, described.Value.Release().Linkage!, terminal);
            Say.Oddities(returns);
        }

        foreach (var note in areas.Notes) Console.Error.WriteLine("note: " + note);
        return Math.Max(Say.Findings(areas.Reading!), Say.Findings(returns.Reading));
    }

    private sealed record Outputs(string Cohort, string? Json, string? Continuity);
}
