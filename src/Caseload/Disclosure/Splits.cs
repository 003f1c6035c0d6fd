using Caseload.Descriptives;

namespace Caseload.Disclosure;

/// <summary>How finely the children may be divided in what is shown.</summary>
[Flags]
internal enum Splits
{
    /// <summary>Not even their number is shown.</summary>
    None = 0,

    /// <summary>Their number is shown.</summary>
    Children = 1,

    /// <summary>Those eligible by age are told from the others.</summary>
    Eligible = 2,

    /// <summary>Those of the model are told from the other eligible ones.</summary>
    Modelled = 4,

    /// <summary>The re-referred are told from the others, within each of these.</summary>
    Outcome = 8,
}

/// <summary>The finest counts of some children under the splits that are shown.</summary>
internal static class Cells
{
    // From the most that can be shown to nothing: the outcome is worth more than the model's children.
    private static readonly Splits[] Choices =
    [
        Splits.Children | Splits.Eligible | Splits.Modelled | Splits.Outcome,
        Splits.Children | Splits.Eligible | Splits.Outcome,
        Splits.Children | Splits.Outcome,
        Splits.Children | Splits.Eligible | Splits.Modelled,
        Splits.Children | Splits.Eligible,
        Splits.Children,
        Splits.None,
    ];

    /// <summary>The counts of disjoint sets of children that any table of a run can tell of them.</summary>
    internal static int[] Of(Proportion all, Proportion eligible, Proportion? modelled, Splits splits)
    {
        Proportion[] classes = !splits.HasFlag(Splits.Eligible) ? [all]
            : splits.HasFlag(Splits.Modelled) && modelled is { } m ? [Less(all, eligible), Less(eligible, m), m]
            : [Less(all, eligible), eligible];
        return splits.HasFlag(Splits.Outcome)
            ? [.. classes.SelectMany(c => new[] { c.Count, c.Of - c.Count })]
            : [.. classes.Select(c => c.Of)];
    }

    /// <summary>The finest splits of the totals, none finer than before, that leave no small set of children.</summary>
    internal static Splits Choose(RunCounts counts, Splits before, Sensitivity rule) => Choices.First(choice =>
        (choice & ~before) == 0
        && (choice == Splits.None || Of(counts.Children, counts.Eligible, counts.Modelled, choice).All(rule.IsSafe)));

    private static Proportion Less(Proportion whole, Proportion part) => new(whole.Count - part.Count, whole.Of - part.Of);
}
