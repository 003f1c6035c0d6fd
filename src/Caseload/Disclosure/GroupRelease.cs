using Caseload.Descriptives;

namespace Caseload.Disclosure;

/// <summary>Releases groups of children after the pattern of a run.</summary>
/// <param name="Policy">The policy, which rounds.</param>
/// <param name="Pattern">What is hidden.</param>
public sealed record GroupRelease(DisclosurePolicy Policy, DisclosurePattern Pattern)
{
    private const string NotShown = "(the groups are not shown)";

    /// <summary>Releases a table of groups that stands alone, such as that of <c>caseload describe</c>.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="groups">The groups of one variable or several, of the same children.</param>
    public static IReadOnlyList<ReleasedGroup> Of(DisclosurePolicy policy, IReadOnlyList<RiskGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return new GroupRelease(policy, DisclosurePattern.Of(RunCounts.Of(groups), policy)).Groups(groups);
    }

    /// <summary>The groups as they may be shown; where a variable cannot be shown one line stands for all its groups.</summary>
    /// <param name="groups">The groups.</param>
    public IReadOnlyList<ReleasedGroup> Groups(IReadOnlyList<RiskGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return [.. groups.GroupBy(g => g.Variable).SelectMany(variable => Pattern.IsListed(variable.Key)
            ? variable.Select(Group)
            : [new ReleasedGroup(variable.Key, variable.First().Section, "", NotShown, Released.Suppressed, Released.Suppressed)])];
    }

    /// <summary>Modelled children and the others; where a variable cannot be shown one line stands for all its groups.</summary>
    /// <param name="shares">The groups of the variables, and the outcome last.</param>
    /// <param name="groups">The groups that they are made of.</param>
    public IReadOnlyList<ReleasedShare> Shares(IReadOnlyList<GroupShare> shares, IReadOnlyList<RiskGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var known = groups.ToLookup(g => g.Section, StringComparer.Ordinal);
        return [.. shares.GroupBy(s => s.Section).SelectMany(section =>
        {
            // The shares of a variable are of those for whom it is recorded: without the others nobody can tell how many that are.
            var variable = known[section.Key].FirstOrDefault()?.Variable;
            var isKnown = Pattern.Splits.HasFlag(Splits.Modelled | Splits.Outcome);
            if (variable is null) return section.Select(s => isKnown ? Share(s, true) : Hidden(s));
            if (!isKnown || !Pattern.IsListed(variable))
                return [new ReleasedShare(section.Key, NotShown, Released.Suppressed, Released.Suppressed)];
            var isComplete = known[section.Key].Where(g => g.Code.Length == 0).All(g => Pattern.IsShown(g.Variable, g.Code));
            return section.Select(s => known[section.Key].Where(g => g.Label == s.Label).All(g => Pattern.IsShown(g.Variable, g.Code))
                ? Share(s, isComplete)
                : Hidden(s));
        })];
    }

    private ReleasedGroup Group(RiskGroup g)
    {
        var isShown = Pattern.IsShown(g.Variable, g.Code);
        return new ReleasedGroup(g.Variable, g.Section, g.Code, g.Label,
            isShown ? Policy.Show(g.All) : Released.Suppressed,
            isShown && Pattern.Splits.HasFlag(Splits.Eligible) ? Policy.Show(g.Eligible) : Released.Suppressed);
    }

    private ReleasedShare Share(GroupShare s, bool isComplete)
    {
        Released Part(Proportion p) => Policy.Show(p) is var shown && isComplete
            ? shown
            : shown with { Total = null, Value = null, Lower = null, Upper = null };
        return new ReleasedShare(s.Section, s.Label, Part(s.Modelled), Part(s.Excluded));
    }

    private static ReleasedShare Hidden(GroupShare s) => new(s.Section, s.Label, Released.Suppressed, Released.Suppressed);
}
