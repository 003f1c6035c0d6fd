using System.CommandLine;
using Caseload.Simulation;

namespace Caseload.Cli;

/// <summary>The options that say what to simulate.</summary>
internal sealed class SimulationOptions
{
    private readonly Option<int> seed = CommonOptions.Seed();
    private readonly Option<int> children = CommonOptions.Children();
    private readonly Option<string?> truth = new("--truth")
    {
        HelpName = "FILE", Description = "What to plant, in place of the defaults: a truth.json, or a part of one.",
    };

    /// <summary>Adds the options to a command.</summary>
    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { seed, children, truth }) command.Options.Add(option);
    }

    /// <summary>Whether one of them was given; they have no meaning beside data of a person's own.</summary>
    internal bool AreGiven(ParseResult parsed) =>
        new Option[] { seed, children, truth }.Any(o => parsed.GetResult(o) is { Implicit: false });

    /// <summary>What to simulate.</summary>
    /// <exception cref="Frames.ProblemException">The truth file cannot be read.</exception>
    internal SimulationSettings Settings(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(seed),
        Children = parsed.GetValue(children),
        Truth = parsed.GetValue(truth) is { } file ? Truth.Read(file) : new Truth(),
    };
}
