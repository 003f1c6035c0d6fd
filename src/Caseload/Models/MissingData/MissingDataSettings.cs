using Caseload.Frames;

namespace Caseload.Models.MissingData;

/// <summary>How missing data are dealt with beside the main analysis.</summary>
public sealed record MissingDataSettings
{
    /// <summary>What is done beside complete cases, which always stand first. Default: all three.</summary>
    public IReadOnlyList<MissingDataChoice> Choices { get; init; } = Enum.GetValues<MissingDataChoice>();

    /// <summary>How many completed data sets are made, from 2. Default: 20.</summary>
    public int Imputations { get; init; } = 20;

    /// <summary>How many rounds of the chained equations lead to each, from 1. Default: 10.</summary>
    public int Iterations { get; init; } = 10;

    /// <summary>The seed of the draws. The same seed and the same children give the same numbers. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Stops where a setting is out of its range.</summary>
    /// <exception cref="ProblemException">It is.</exception>
    internal void Require()
    {
        if (Imputations < 2)
            throw Wrong($"{Imputations} imputations", "2 or more: one says nothing of what lies between them", "imputations");
        if (Iterations < 1) throw Wrong($"{Iterations} iterations", "1 or more", "iterations");
    }

    private static ProblemException Wrong(string found, string expected, string where) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, where, "Change the setting."));
}
