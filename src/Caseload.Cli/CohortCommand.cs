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
        var returns = new Option<string>("--returns") { Description = "Folder with CIN census returns (.xml, .csv, .gz of these).", Required = true };
        var areas = new Option<string>("--areas") { Description = "Area table.", Required = true };
        var year = CommonOptions.CohortYear();
        var path = new Option<string>("--out") { Description = "Cohort file to write; it holds a row a child.", Required = true };
        var quiet = CommonOptions.Quiet();
        var command = new Command("cohort", "Build the cohort: link the years, find first referrals and what followed.") { returns, areas, year, path, quiet };
        command.SetAction(parsed =>
        {
            OutputPaths.RequireNoInput(parsed.GetValue(path), parsed.GetValue(areas)!, parsed.GetValue(returns)!);
            var settings = new CohortSettings { CohortYear = parsed.GetValue(year) };
            var read = ReturnsReader.ReadFolder(DataPackage.Load().Table("returns"), parsed.GetValue(returns)!);
            var cohort = CohortBuilder.Build(read, AreaTable.Read(parsed.GetValue(areas)!).ForCohort(settings), settings);
            cohort.Children.SaveCsv(parsed.GetValue(path)!);
            if (!parsed.GetValue(quiet))
            {
                Say.Line($"Cohort of {cohort.Settings.CohortLabel}{(cohort.IsSimulated ? " (simulated data)" : "")}, followed to {cohort.Settings.FollowUpEnd:yyyy-MM-dd}:");
                Say.Flow(cohort);
                Say.Oddities(read);
            }

            return Say.Findings(read.Reading);
        });
        return command;
    }
}
