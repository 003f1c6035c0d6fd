using System.CommandLine;
using Caseload.Frames;
using Caseload.Models.MissingData;

namespace Caseload.Cli;

/// <summary>The options of <c>caseload reproduce</c> about missing data.</summary>
internal sealed class MissingDataOptions
{
    private static readonly MissingDataSettings Defaults = new();

    private readonly Option<string[]> choices = new("--missing")
    {
        HelpName = "CHOICE",
        Description = "What is done about covariates that are not recorded, beside the main analysis of complete cases: "
            + string.Join(", ", Enum.GetValues<MissingDataChoice>().Select(c => c.Name())) + ". May be given several times.",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<int> imputations = new("--imputations")
    {
        HelpName = "M", Description = "How many completed data sets imputation makes.", DefaultValueFactory = _ => Defaults.Imputations,
    };

    private readonly Option<int> iterations = new("--imputation-rounds")
    {
        HelpName = "N", Description = "How many rounds of the chained equations lead to each.",
        DefaultValueFactory = _ => Defaults.Iterations,
    };

    private readonly Option<int> seed = new("--imputation-seed")
    {
        HelpName = "N", Description = "Seed of the imputation's draws.", DefaultValueFactory = _ => Defaults.Seed,
    };

    internal void AddTo(Command command)
    {
        choices.AcceptOnlyFromAmong([.. Enum.GetValues<MissingDataChoice>().Select(c => c.Name())]);
        foreach (var option in new Option[] { choices, imputations, iterations, seed }) command.Options.Add(option);
    }

    /// <summary>What was asked for; null where nothing was.</summary>
    internal MissingDataSettings? Settings(ParseResult parsed)
    {
        var named = parsed.GetValue(choices) ?? [];
        var stray = new Option[] { imputations, iterations, seed }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false });
        if (stray is not null && !named.Contains(MissingDataChoice.Imputation.Name()))
            throw Wrong($"{stray.Name} without --missing imputation", "the option with imputation",
                "Add --missing imputation, or leave it out.");
        if (named.Length == 0) return null;
        if (parsed.GetValue(imputations) < 2)
            throw Wrong("fewer than 2 imputations", "2 or more", "One says nothing of what lies between them.");
        if (parsed.GetValue(iterations) < 1) throw Wrong("no round of the chained equations", "1 or more", "Ten are usual.");
        return new MissingDataSettings
        {
            Choices = [.. Enum.GetValues<MissingDataChoice>().Where(c => named.Contains(c.Name()))],
            Imputations = parsed.GetValue(imputations),
            Iterations = parsed.GetValue(iterations),
            Seed = parsed.GetValue(seed),
        };
    }

    private static ProblemException Wrong(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, "caseload reproduce", remedy));
}
