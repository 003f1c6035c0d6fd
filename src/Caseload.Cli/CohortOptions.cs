using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Caseload.Cohorts;
using Caseload.Cohorts.Cleaning;
using Caseload.Cohorts.Linkage;

namespace Caseload.Cli;

/// <summary>How returns are cleaned and linked, and which children are modelled: options of every command that makes a cohort.</summary>
internal sealed class CohortOptions
{
    private static readonly KeyValuePair<string, LinkageKey>[] Links =
    [
        new("child-id", LinkageKey.ChildIdentifier), new("upn", LinkageKey.PupilNumber), new("national", LinkageKey.National),
    ];

    private readonly Option<string[]> skip = new("--skip-step")
    {
        HelpName = "NAME",
        Description = "Leave a step of cleaning out; may be repeated: " + string.Join(", ", CleaningStep.All.Select(s => s.Name)) + ".",
    };

    private readonly Option<string> link = new("--link")
    {
        HelpName = string.Join('|', Links.Select(l => l.Key)),
        Description = "Link years by the authority's identifier, by the pupil number too, or by it across authorities as well.",
        DefaultValueFactory = _ => Links[0].Key,
    };

    private readonly Option<bool> exclude = new("--exclude-broken-links")
    {
        Description = "Leave out authorities whose identifiers do not carry over.",
    };

    private readonly Option<string> modelled = ModelledOption.Build(
        "Model every complete case, or a sample of them. A simulation records nearly everything where a sample is modelled.");

    private readonly Option<double> share = new("--sample-share")
    {
        HelpName = "S",
        Description = "Size of the sample as a share of the eligible children; published: 90,209 of 366,196.",
        DefaultValueFactory = _ => ModelSelection.PublishedShare,
    };

    private readonly Option<int> seed = new("--sample-seed")
    {
        HelpName = "N", Description = "Seed of the draw of the sample.", DefaultValueFactory = _ => new ModelSelection().Seed,
    };

    internal CohortOptions()
    {
        skip.Validators.Add(result => Require(result, [.. CleaningStep.All.Select(s => s.Name)]));
        link.Validators.Add(result => Require(result, [.. Links.Select(l => l.Key)]));
        share.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    || !(value > 0 && value <= 1))
                    result.AddError($"--sample-share {token.Value} is not a share above 0 and at most 1");
            }
        });
    }

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { skip, link, exclude, modelled, share, seed }) command.Options.Add(option);
    }

    /// <summary>The settings with what was asked for.</summary>
    internal CohortSettings Apply(ParseResult parsed, CohortSettings settings) => settings with
    {
        Cleaning = (parsed.GetValue(skip) ?? []).Aggregate(CleaningSteps.All, (steps, name) => steps & ~CleaningStep.Find(name)!.Flag),
        Linkage = Links.First(l => l.Key == parsed.GetValue(link)).Value,
        ExcludeBrokenLinks = parsed.GetValue(exclude),
        Modelled = new ModelSelection
        {
            Choice = ModelledOption.Choice(parsed, modelled),
            Share = parsed.GetValue(share),
            Seed = parsed.GetValue(seed),
        },
    };

    /// <summary>The first option given that only returns can follow, or null: a cohort file is cleaned and linked already.</summary>
    internal string? NeedsReturns(ParseResult parsed) =>
        new Option[] { skip, link, exclude }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    /// <summary>What does not go together, or null: the size of a sample without one.</summary>
    internal string? Misplaced(ParseResult parsed) => ModelledOption.Choice(parsed, modelled) == ModelChoice.Sample
        ? null
        : new Option[] { share, seed }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    internal static void Require(OptionResult result, string[] names)
    {
        foreach (var token in result.Tokens)
        {
            if (!names.Contains(token.Value))
                result.AddError($"{result.Option.Name} {token.Value} is not one of {string.Join(", ", names)}");
        }
    }
}
