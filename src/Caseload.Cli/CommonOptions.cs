using System.CommandLine;
using Caseload.Frames;

namespace Caseload.Cli;

/// <summary>Options that several commands share; each command adds a copy of its own.</summary>
internal static class CommonOptions
{
    private const int FirstYear = 2009;
    private const int LastYear = 2100;

    internal static Option<bool> Quiet() => new("--quiet") { Description = "Print errors only." };

    internal static Option<string?> Json(string what) => new("--json") { Description = $"Write {what} as JSON to a file; - is standard output." };

    internal static Option<int> Seed() => new("--seed")
    {
        Description = "Seed of the simulation; the same seed gives the same bytes.",
        DefaultValueFactory = _ => new Simulation.SimulationSettings().Seed,
    };

    internal static Option<int> Children() => new("--children")
    {
        Description = "How many children to simulate.",
        DefaultValueFactory = _ => Simulation.Truth.CohortChildren,
    };

    internal static Option<int> CohortYear()
    {
        var option = new Option<int>("--cohort-year")
        {
            Description = "Census year of the first referral: 2011 is 1 April 2010 to 31 March 2011.",
            DefaultValueFactory = _ => new Cohorts.CohortSettings().CohortYear,
        };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<int>() is >= FirstYear and <= LastYear) return;
            result.AddError($"--cohort-year {result.Tokens[0].Value} is not a census year from {FirstYear} to {LastYear}");
        });
        return option;
    }

    /// <summary>Stops where an output would take the place of an input.</summary>
    internal static void RefuseOverwriting(string output, params IEnumerable<string?> inputs)
    {
        if (output == "-") return;
        var written = Path.GetFullPath(output);
        foreach (var input in inputs.OfType<string>().Where(path => path != "-"))
        {
            var read = Path.GetFullPath(input);
            if (read == written || (Directory.Exists(read) && written.StartsWith(read + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
                throw new ProblemException(new Problem(ProblemKind.WrongUsage, $"the output {output} in the place of the input {input}, or inside it",
                    "an output apart from the inputs", "", "Choose another place for the output; nothing was changed."));
        }
    }
}
