using System.CommandLine;
using System.Globalization;

namespace Caseload.Cli;

/// <summary>Options that several commands share; each command adds a copy of its own.</summary>
internal static class CommonOptions
{
    private const int FirstYear = 2009;
    private const int LastYear = 2100;

    internal static Option<bool> Quiet() => new("--quiet") { Description = "Print errors only." };

    internal static Option<string?> Json(string what) =>
        new("--json") { HelpName = "FILE", Description = $"Write {what} as JSON to a file; - is standard output." };

    internal static Option<int> Seed() => new("--seed")
    {
        Description = "Seed of the simulation; the same seed gives the same bytes.",
        HelpName = "N",
        DefaultValueFactory = _ => new Simulation.SimulationSettings().Seed,
    };

    internal static Option<int> Children() => new("--children")
    {
        Description = "How many children to simulate.",
        HelpName = "N",
        DefaultValueFactory = _ => Simulation.Truth.CohortChildren,
    };

    internal static Option<int> CohortYear()
    {
        var option = new Option<int>("--cohort-year")
        {
            Description = "Census year of the first referral: 2011 is 1 April 2010 to 31 March 2011.",
            HelpName = "Y",
            DefaultValueFactory = _ => new Cohorts.CohortSettings().CohortYear,
        };
        option.Validators.Add(result =>
        {
            // What is no whole number at all is told by the parser: asking for its value here would throw.
            foreach (var token in result.Tokens)
            {
                if (int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var year)
                    && year is < FirstYear or > LastYear)
                    result.AddError($"--cohort-year {token.Value} is not a census year from {FirstYear} to {LastYear}");
            }
        });
        return option;
    }
}
