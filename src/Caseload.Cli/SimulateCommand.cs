using System.CommandLine;
using Caseload.Simulation;

namespace Caseload.Cli;

/// <summary><c>caseload simulate</c>: writes simulated censuses.</summary>
internal static class SimulateCommand
{
    internal static Command Build()
    {
        var folder = new Option<string>("--out") { HelpName = "DIR", Description = "Folder to write to.", Required = true };
        var (seed, children, quiet) = (CommonOptions.Seed(), CommonOptions.Children(), CommonOptions.Quiet());
        var format = new Option<ReturnFormat>("--format")
        {
            Description = "csv: one file a census year; xml: one return an authority and year.",
        };
        var command = new Command(
            "simulate", "Simulate the six censuses of 2010-11 to 2015-16. Everything written says that it is simulated.")
        {
            folder, seed, children, format, quiet,
        };
        command.SetAction(parsed =>
        {
            var settings = new SimulationSettings { Seed = parsed.GetValue(seed), Children = parsed.GetValue(children) };
            var censuses = Simulator.Run(settings);
            var places = SimulationFiles.Write(censuses, settings, parsed.GetValue(folder)!, parsed.GetValue(format));
            if (!parsed.GetValue(quiet))
            {
                var (drawn, authorities) = (settings.Children, censuses.Areas.Areas.Count);
                Say.Line($"Simulated (no child in it exists): {drawn:N0} children in {authorities} authorities, seed {settings.Seed}.");
                Say.Line($"{censuses.Returns.Values.Sum(r => r.RowCount):N0} rows in {censuses.Returns.Count} census years.");
                Say.Line($"Returns: {places.Returns}");
                Say.Line($"Areas:   {places.Areas}");
            }

            return 0;
        });
        return command;
    }
}
