using System.CommandLine;
using Caseload.Simulation;

namespace Caseload.Cli;

/// <summary><c>caseload simulate</c>: writes simulated censuses.</summary>
internal static class SimulateCommand
{
    internal static Command Build()
    {
        var folder = new Option<string>("--out") { HelpName = "DIR", Description = "Folder to write to.", Required = true };
        var (options, quiet) = (new SimulationOptions(), CommonOptions.Quiet());
        var format = new Option<ReturnFormat>("--format")
        {
            HelpName = "csv|xml", Description = "Form of the returns, one an authority and census year.",
        };
        format.AcceptOnlyFromAmong("csv", "xml");
        var modelled = ModelledOption.Build("Few children have complete records, or nearly all have, so that a sample can be modelled.");
        var command = new Command(
            "simulate", "Simulate the six censuses of 2010-11 to 2015-16. Everything written says that it is simulated.")
        {
            folder, modelled, format, quiet,
        };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var settings = options.Settings(parsed) with { Recorded = ModelledOption.Recorded(ModelledOption.Choice(parsed, modelled)) };
            var censuses = Simulator.Run(settings);
            var places = SimulationFiles.Write(censuses, settings, parsed.GetValue(folder)!, parsed.GetValue(format));
            if (!parsed.GetValue(quiet))
            {
                var (drawn, authorities) = (settings.Children, censuses.Areas.Areas.Count);
                Say.Line($"Simulated (no child in it exists): {drawn:N0} children in {authorities} authorities, seed {settings.Seed}.");
                Say.Line($"{censuses.RowCount:N0} rows in {censuses.Returns.Count:N0} returns of six census years.");
                Say.Line($"Returns: {places.Returns}");
                Say.Line($"Areas:   {places.Areas}");
            }

            return 0;
        });
        return command;
    }
}
