using System.CommandLine;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary><c>--map</c>: the column map with which returns in CSV or a database are read.</summary>
internal sealed class MapOption
{
    private readonly Option<string?> option = new("--map")
    {
        HelpName = "FILE",
        Description = "Column map for returns in CSV or a database without the census item names: a JSON file, or a name in "
            + "data-schema/mappings.",
    };

    internal void AddTo(Command command) => command.Options.Add(option);

    /// <summary>The file or name that was given, or null.</summary>
    internal string? Given(ParseResult parsed) => parsed.GetValue(option);

    /// <summary>How returns are read for the rules, which need every column.</summary>
    internal static ReturnsSettings ForRules(string? map, TableSchema schema) =>
        new(map is null ? null : ColumnMap.Load(map, schema));

    /// <summary>How returns are read for the cohort, which does not need the columns that the rules alone look at.</summary>
    internal static ReturnsSettings ForCohort(string? map, TableSchema schema) =>
        ForRules(map, schema) with { LeftAside = ReturnsSettings.RulesAlone };
}
