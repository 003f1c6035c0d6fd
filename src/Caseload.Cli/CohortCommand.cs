using System.CommandLine;
using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary><c>caseload cohort</c>: from returns and an area table to a cohort file.</summary>
internal static class CohortCommand
{
    internal static Command Build()
    {
        var returns = new Option<string>("--returns")
        {
            HelpName = "DIR", Description = "Folder with CIN census returns (.xml, .csv, .gz of these).", Required = true,
        };
        var areas = new Option<string>("--areas") { HelpName = "FILE", Description = "Area table.", Required = true };
        var year = CommonOptions.CohortYear();
        var path = new Option<string>("--out")
        {
            HelpName = "FILE", Description = "Cohort file to write; it holds a row a child.", Required = true,
        };
        var options = new CohortOptions();
        var json = CommonOptions.Json("an account of cleaning, linkage and flow");
        var continuity = new Option<string?>("--continuity")
        {
            HelpName = "FILE", Description = "Write the continuity of identifiers as CSV: a row an authority and year, exact counts.",
        };
        var quiet = CommonOptions.Quiet();
        var command = new Command("cohort", "Build the cohort: clean the returns, link the years, find first referrals and what followed.")
        {
            returns, areas, year, path,
        };
        options.AddTo(command);
        foreach (var option in new Option[] { json, continuity, quiet }) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            if (options.Misplaced(parsed) is { } misplaced) throw Misplaced(misplaced, "caseload cohort");
            var settings = options.Apply(parsed, new CohortSettings { CohortYear = parsed.GetValue(year) });
            return Run(
                new RunInputs.FromReturns(parsed.GetValue(returns)!, parsed.GetValue(areas)!, settings),
                new Outputs(parsed.GetValue(path)!, parsed.GetValue(json), parsed.GetValue(continuity)), parsed.GetValue(quiet));
        });
        return command;
    }

    /// <summary>What is wrong with the size of a sample where none is drawn.</summary>
    internal static ProblemException Misplaced(string option, string where) => new(new Problem(
        ProblemKind.WrongUsage, $"{option} without a sample", $"{option} with --modelled sample", where,
        "Add --modelled sample, or leave it out."));

    private static int Run(RunInputs.FromReturns inputs, Outputs outputs, bool isQuiet)
    {
        foreach (var output in new[] { outputs.Cohort, outputs.Json, outputs.Continuity })
            OutputPaths.RequireApart(output, inputs.Folder, inputs.Areas);
        var areas = AreaTable.Read(inputs.Areas).ForCohort(inputs.Settings);
        var returns = ReturnsReader.ReadFolder(DataPackage.Load().Table("returns"), inputs.Folder);
        var cohort = RunLoader.Link(returns, areas, inputs.Settings);
        cohort.Children.SaveCsv(outputs.Cohort);
        if (outputs.Json is { } json) CohortAccount.Write(cohort, json);
        if (outputs.Continuity is { } continuity) cohort.Linkage!.Continuity.ToFrame().SaveCsv(continuity);
        if (!isQuiet)
        {
            // What goes down a pipe is the table alone.
            var terminal = outputs.Cohort == "-" || outputs.Json == "-" || outputs.Continuity == "-" ? Console.Error : Console.Out;
            var kind = cohort.IsSimulated ? " (simulated data)" : "";
            terminal.WriteLine(FormattableString.Invariant(
                $"Cohort of {cohort.Settings.CohortLabel}{kind}, followed to {cohort.Settings.FollowUpEnd:yyyy-MM-dd}:"));
            Say.Flow(cohort, terminal);
            CohortAccount.Print(cohort, terminal);
            Say.Oddities(returns);
        }

        return Say.Findings(returns.Reading);
    }

    private sealed record Outputs(string Cohort, string? Json, string? Continuity);
}
