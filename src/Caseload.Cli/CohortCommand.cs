using System.CommandLine;
using Caseload.Areas;
using Caseload.Cohorts;
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
        var (map, quiet) = (new MapOption(), CommonOptions.Quiet());
        var command = new Command("cohort", "Build the cohort: link the years, find first referrals and what followed.")
        {
            returns, areas, year, path, quiet,
        };
        map.AddTo(command);
        command.SetAction(parsed => Run(
            new RunInputs.FromReturns(parsed.GetValue(returns)!, parsed.GetValue(areas)!,
                new CohortSettings { CohortYear = parsed.GetValue(year) }, map.Given(parsed)),
            parsed.GetValue(path)!, parsed.GetValue(quiet)));
        return command;
    }

    private static int Run(RunInputs.FromReturns inputs, string path, bool isQuiet)
    {
        OutputPaths.RequireApart(path, inputs.Folder, inputs.Areas);
        var areas = AreaTable.Read(inputs.Areas).ForCohort(inputs.Settings);
        var schema = DataPackage.Load().Table("returns");
        var returns = ReturnsReader.ReadFolder(schema, inputs.Folder, MapOption.ForCohort(inputs.Map, schema));
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
