using System.CommandLine;
using Caseload.Areas;
using Caseload.Cli.Databases;
using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary>
/// Where returns and area figures are, and how a cohort is made of them: the options that <c>cohort</c> and <c>reproduce</c> share.
/// </summary>
internal sealed class ReturnsOptions
{
    private readonly Option<string?> returns = new("--returns")
    {
        HelpName = "DIR",
        Description = "Folder with CIN census returns (.xml, .csv, .gz of these). In its place: --connection and --query.",
    };

    private readonly Option<string?> areas = new("--areas") { HelpName = "FILE", Description = "Area table; goes with the returns." };
    private readonly Option<int> year = CommonOptions.CohortYear();
    private readonly MapOption map = new();
    private readonly DatabaseOptions database = new();
    private readonly CohortOptions cohort = new();
    private readonly AreaOptions choice = new();

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { returns, areas, year }) command.Options.Add(option);
        map.AddTo(command);
        database.AddTo(command);
        choice.AddTo(command);
        cohort.AddTo(command);
    }

    /// <summary>Which children make the cohort, and how their returns are cleaned and linked.</summary>
    internal CohortSettings Settings(ParseResult parsed) => cohort.Misplaced(parsed) is { } option
        ? throw Wrong($"{option} without a sample", $"{option} with --modelled sample", "Add --modelled sample, or leave it out.", parsed)
        : cohort.Apply(parsed, new CohortSettings { CohortYear = parsed.GetValue(year) });

    /// <summary>Which figures of the area table are joined.</summary>
    internal AreaChoice Choice(ParseResult parsed) => choice.Read(parsed);

    /// <summary>Whether a person chose the cohort year.</summary>
    internal bool IsYearGiven(ParseResult parsed) => IsGiven(parsed, year);

    /// <summary>The first option given that says where returns or area figures are, or null.</summary>
    private string? Place(ParseResult parsed) => database.IsGiven(parsed)
        ? "--connection"
        : new Option[] { returns, areas }.FirstOrDefault(o => IsGiven(parsed, o))?.Name ?? (map.Given(parsed) is null ? null : "--map");

    /// <summary>The first option given that only returns can follow, or null: a cohort file is linked and joined already.</summary>
    internal string? ForReturns(ParseResult parsed) =>
        Place(parsed) ?? cohort.NeedsReturns(parsed) ?? (choice.IsGiven(parsed) ? "--rate, --rates-year or --workforce-year" : null);

    /// <summary>The returns with their area figures, or null where none are named.</summary>
    /// <exception cref="ProblemException">The options do not go together.</exception>
    internal RunInputs.FromReturns? Read(ParseResult parsed)
    {
        if (Place(parsed) is not { } place) return null;
        var (folder, table, names) = (parsed.GetValue(returns), parsed.GetValue(areas), map.Given(parsed));
        if (folder is not null && database.IsGiven(parsed))
            throw Wrong("both --returns and --connection", "one of them", "Leave one out.", parsed);
        var query = database.Read(parsed);
        if (folder is null && query is null)
            throw Wrong($"{place} without returns", "--returns DIR, or --connection C and --query Q",
                "Name the returns too.", parsed);
        if (table is null)
            throw Wrong($"{place} without --areas", "both", "caseload areas builds an area table from published files.", parsed);
        var settings = MapOption.ForCohort(names, DataPackage.Load().Table("returns"));
        return new RunInputs.FromReturns(
            new ReturnsSource(folder, query, settings), new AreaSource(table, choice.Read(parsed)), Settings(parsed));
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static ProblemException Wrong(string found, string expected, string remedy, ParseResult parsed) => new(
        new Problem(ProblemKind.WrongUsage, found, expected, "caseload " + parsed.CommandResult.Command.Name, remedy));
}
