using System.CommandLine;
using Caseload.Cohorts;
using Caseload.Simulation;

namespace Caseload.Cli;

/// <summary>Which children are modelled: every complete case, or a sample; of a simulation, what is recorded to that end.</summary>
internal static class ModelledOption
{
    private static readonly KeyValuePair<string, ModelChoice>[] Choices =
        [new("complete-cases", ModelChoice.CompleteCases), new("sample", ModelChoice.Sample)];

    internal static Option<string> Build(string description)
    {
        var option = new Option<string>("--modelled")
        {
            HelpName = string.Join('|', Choices.Select(c => c.Key)), Description = description, DefaultValueFactory = _ => Choices[0].Key,
        };
        option.Validators.Add(result => CohortOptions.Require(result, [.. Choices.Select(c => c.Key)]));
        return option;
    }

    /// <summary>The choice.</summary>
    internal static ModelChoice Choice(ParseResult parsed, Option<string> option) =>
        Choices.First(c => c.Key == parsed.GetValue(option)).Value;

    /// <summary>What a simulation records: of a sample nearly everything, else complete cases are few.</summary>
    internal static RecordedItems Recorded(ModelChoice choice) =>
        choice == ModelChoice.Sample ? RecordedItems.NearlyAll : RecordedItems.CompleteCases;
}
