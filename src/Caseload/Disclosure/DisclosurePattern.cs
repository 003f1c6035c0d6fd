using System.Collections.Immutable;
using Caseload.Cohorts;
using Caseload.Descriptives;

namespace Caseload.Disclosure;

/// <summary>
/// What is hidden in all tables of a run together, worked out from the exact counts. Three rules make the promise of the policy provable
/// (docs/disclosure.md): a group of children is hidden in all tables or in none; what is shown is a sum of cells of which each is 0 or
/// above the threshold; and the pattern of a threshold is made from that of the threshold below by hiding more, so that the pattern of a
/// stricter policy holds that of a weaker one.
/// </summary>
public sealed class DisclosurePattern
{
    private const string Authority = "authority";

    // Null stands for a breakdown that is not shown at all.
    private ImmutableDictionary<string, bool[]?> rows;
    private readonly RunCounts counts;
    private readonly ILookup<string, RiskGroup> groups;

    private DisclosurePattern(RunCounts counts)
    {
        this.counts = counts;
        groups = counts.Groups.ToLookup(g => g.Variable, StringComparer.Ordinal);
        rows = groups.ToImmutableDictionary(g => g.Key, bool[]? (g) => new bool[g.Count()]);
        Flow = new FlowPattern(counts.Flow);
        Years = [.. counts.Cumulative.Select(_ => true)];
        Splits = counts.Modelled is null ? Splits.Children | Splits.Eligible | Splits.Outcome : AllSplits;
    }

    private static Splits AllSplits => Splits.Children | Splits.Eligible | Splits.Modelled | Splits.Outcome;

    /// <summary>How finely the children may be divided.</summary>
    internal Splits Splits { get; private set; }

    /// <summary>What of the flow is shown.</summary>
    internal FlowPattern Flow { get; }

    /// <summary>Whether the number re-referred by the end of each year is shown.</summary>
    internal bool[] Years { get; private set; }

    /// <summary>Works out what is hidden.</summary>
    /// <param name="counts">The exact counts.</param>
    /// <param name="policy">The policy.</param>
    public static DisclosurePattern Of(RunCounts counts, DisclosurePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(policy);
        var pattern = new DisclosurePattern(counts);
        for (var threshold = 1; threshold <= policy.SmallestCount; threshold++)
            pattern.Coarsen(new Sensitivity(threshold, false, policy.Secondary));
        if (!policy.ShowZeros) pattern.HideRows(new Sensitivity(policy.SmallestCount, true, policy.Secondary));
        pattern.HideSmallAuthorities(policy);
        return pattern;
    }

    /// <summary>Whether the groups of a variable may be listed at all.</summary>
    /// <param name="variable">The column that makes the groups.</param>
    public bool IsListed(string variable) => rows.GetValueOrDefault(variable) is not null && Splits.HasFlag(Splits.Outcome);

    /// <summary>Whether a group is shown: in all tables, or in none.</summary>
    /// <param name="variable">The column that makes the groups.</param>
    /// <param name="code">The group's value in that column; empty where it is missing.</param>
    public bool IsShown(string variable, string code)
    {
        if (!IsListed(variable)) return false;
        var index = groups[variable].ToList().FindIndex(g => g.Code == code);
        return index < 0 || !rows[variable]![index];
    }

    private void Coarsen(Sensitivity rule)
    {
        Splits = Cells.Choose(counts, Splits, rule);
        HideRows(rule);
        Years = ShownYears(rule);
        Flow.Coarsen(Splits, rule, reasons => AreApart(reasons, rule));
    }

    private void HideRows(Sensitivity rule) => rows = rows.ToImmutableDictionary(
        r => r.Key,
        r => r.Value is { } before
            ? HiddenRows.Hide([.. groups[r.Key].Select(g => Cells.Of(g.All, g.Eligible, g.Modelled, Splits))], before, rule)
            : null);

    // The children who were re-referred by a year and are eligible, and those who are not; at the end stand the re-referred of all.
    private bool[] ShownYears(Sensitivity rule)
    {
        if (!Splits.HasFlag(Splits.Outcome)) return new bool[Years.Length];
        int[] Stage(int all, int eligible) => Splits.HasFlag(Splits.Eligible) ? [eligible, all - eligible] : [all];
        int[][] stages =
        [
            Stage(0, 0),
            .. counts.Cumulative.Select(p => Stage(p.All.Count, p.Eligible.Count)),
            Stage(counts.Children.Count, counts.Eligible.Count),
        ];
        bool[] isFixed = [.. stages.Select((_, i) => i == 0 || i == stages.Length - 1)];
        return ShownCuts.Choose(stages, isFixed, [true, .. Years, true], rule)[1..^1];
    }

    // One authority left out alone is the total less the others.
    private void HideSmallAuthorities(DisclosurePolicy policy)
    {
        if (rows.GetValueOrDefault(Authority) is not { } hidden) return;
        var all = groups[Authority].ToArray();
        int Children(int i) => all[i].Modelled is { Of: > 0 } modelled ? modelled.Of : all[i].Eligible.Of;
        bool[] unnamed = [.. hidden.Select((h, i) => h || Children(i) < policy.SmallestAuthority)];
        if (policy.Secondary && unnamed.Count(h => h) == 1 && all.Length > 1)
            unnamed[Enumerable.Range(0, all.Length).Where(i => !unnamed[i]).MinBy(Children)] = true;
        rows = rows.SetItem(Authority, unnamed);
    }

    // A reason such as "need not recorded" counts children whom the groups of the variable count too, less those who left for a reason
    // before: it is shown only beside groups that are shown, and where the difference is not small.
    private bool AreApart((IReadOnlyList<int> Reasons, bool IsOfAge) step, Sensitivity rule)
    {
        foreach (var variable in groups.Where(g => g.Key != Authority))
        {
            var missing = variable.Where(g => g.Code is "" or "unknown").ToArray();
            var leaving = missing.Sum(g => step.IsOfAge ? g.All.Of - g.Eligible.Of : g.Eligible.Of - (g.Modelled?.Of ?? 0));
            if (leaving == 0) continue;
            if (!missing.All(g => IsShown(g.Variable, g.Code))) return false;
            if (step.Reasons.Any(r => !rule.IsSafe(leaving - r))) return false;
        }

        return true;
    }
}
