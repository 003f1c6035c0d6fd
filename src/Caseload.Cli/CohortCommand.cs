using System.CommandLine;
using Caseload.Areas;
using Caseload.Cli.Databases;
using Caseload.Cohorts;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary><c>caseload cohort</c>: from returns and an area table to a cohort file.</summary>
internal static class CohortCommand
{
    internal static Command Build()
    {
        var returns = new Option<string?>("--returns")
        {
            HelpName = "DIR",
            Description = "Folder with CIN census returns (.xml, .csv, .gz of these). In its place: --connection and --query.",
        };
        var database = new DatabaseOptions();
        var areas = new Option<string>("--areas") { HelpName = "FILE", Description = "Area table.", Required = true };
        var year = CommonOptions.CohortYear();
        var path = new Option<string>("--out")
        {
            HelpName = "FILE", Description = "Cohort file to write; it holds a row a child.", Required = true,
        };
        var quiet = CommonOptions.Quiet();
        var command = new Command("cohort", "Build the cohort: link the years, find first referrals and what followed.")
        {
            returns, areas, year, path, quiet,
        };
        database.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(returns);
            var query = database.ReadInPlaceOf(parsed, folder, "--returns");
            var settings = new CohortSettings { CohortYear = parsed.GetValue(year) };
            return Run(new RunInputs.FromReturns(folder, parsed.GetValue(areas)!, settings) { Database = query },
                parsed.GetValue(path)!, parsed.GetValue(quiet));
        });
        return command;
    }

    private static int Run(RunInputs.FromReturns inputs, string path, bool isQuiet)
    {
        OutputPaths.RequireApart(path, inputs.Folder, inputs.Areas);
        var areas = AreaTable.Read(inputs.Areas).ForCohort(inputs.Settings);
        var returns = inputs.Read(DataPackage.Load().Table("returns"));
        var cohort = RunLoader.Link(returns, areas, inputs.Settings);
        cohort.Children.SaveCsv(path);
        if (!isQuiet)
        {
            // What goes down a pipe is the table alone.
            var terminal = path == "-" ? Console.Error : Console.Out;
            var kind = cohort.IsSimulated ? " (simulated data)" : "";
            terminal.WriteLine(FormattableString.Invariant(
                $"Cohort of {cohort.Settings.CohortLabel}{kind}, followed to {cohort.Settings.FollowUpEnd:yyyy-MM-dd}:"));
            Say.Flow(cohort, terminal);
            Say.Oddities(returns);
        }

        return Say.Findings(returns.Reading);
    }
}
