using Caseload.Descriptives;

namespace Caseload.Disclosure;

/// <summary>
/// What may leave the kit. One setting for every table, figure and ledger; on by default for real data, off for simulated data.
/// </summary>
/// <param name="Name">The policy's name, printed with every table that it was applied to.</param>
/// <param name="SmallestCount">Counts from 1 to this number are not shown, nor are percentages on them. 0 shows everything.</param>
/// <param name="SmallestGroup">Authorities with fewer children than this are left out of tables and figures that name authorities.</param>
public sealed record DisclosurePolicy(string Name, int SmallestCount, int SmallestGroup)
{
    /// <summary>How a suppressed number is written.</summary>
    public const string Mark = "c";

    /// <summary>Everything is shown: for simulated data, which are about nobody.</summary>
    public static DisclosurePolicy Open { get; } = new("none (simulated data)", 0, 0);

    /// <summary>
    /// The rule of the department's statistics: counts from 1 to 5 are suppressed, and a second one where the first could be worked out
    /// from a total; true zeros are shown. Authorities with fewer than 10 children are not named.
    /// </summary>
    public static DisclosurePolicy Standard { get; } = new("counts from 1 to 5 suppressed, with secondary suppression", 5, 10);

    /// <summary>The policy for data of a kind.</summary>
    /// <param name="isSimulated">Whether the data say that they were made by the kit.</param>
    public static DisclosurePolicy For(bool isSimulated) => isSimulated ? Open : Standard;

    /// <summary>Releases the groups of one variable, which add up to a known total.</summary>
    /// <param name="groups">The groups of one variable.</param>
    public IReadOnlyList<ReleasedGroup> Release(IReadOnlyList<RiskGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);

        // Children who age out are the difference of the two denominators: a small difference gives them away.
        bool Differs(RiskGroup g) => IsSmall(g.All.Of - g.Eligible.Of) || IsSmall(g.All.Count - g.Eligible.Count);
        var all = Suppress([.. groups.Select(g => (g.All, IsSmall(g.All)))]);
        var eligible = Suppress([.. groups.Select((g, i) => (g.Eligible, IsSmall(g.Eligible) || Differs(g) || all[i]))]);
        return [.. groups.Select((g, i) => new ReleasedGroup(g.Variable, g.Section, g.Code, g.Label,
            Released.Of(g.All, all[i]), Released.Of(g.Eligible, eligible[i])))];
    }

    /// <summary>Releases proportions of one block, such as the census years of a table.</summary>
    /// <param name="block">Proportions whose counts or totals could be worked out from each other.</param>
    public IReadOnlyList<Released> Release(IReadOnlyList<Proportion> block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var hidden = Suppress([.. block.Select(p => (p, IsSmall(p)))]);
        return [.. block.Select((p, i) => Released.Of(p, hidden[i]))];
    }

    /// <summary>
    /// Releases two blocks whose groups add up to known numbers, such as modelled and other children: what is hidden in one is hidden in the
    /// other, or it could be worked out.
    /// </summary>
    /// <param name="first">The groups of the first block.</param>
    /// <param name="second">The same groups of the second block.</param>
    /// <param name="sums">Whether the sum of the two is itself hidden, by group.</param>
    public (IReadOnlyList<Released> First, IReadOnlyList<Released> Second) Release(
        IReadOnlyList<Proportion> first, IReadOnlyList<Proportion> second, IReadOnlyList<bool> sums)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(sums);
        var hidden = Suppress([.. first.Select((p, i) => (p, IsSmall(p) || IsSmall(second[i]) || sums[i]))]);
        return ([.. first.Select((p, i) => Released.Of(p, hidden[i]))], [.. second.Select((p, i) => Released.Of(p, hidden[i]))]);
    }

    /// <summary>Releases counts that add up to a known total; null is suppressed.</summary>
    /// <param name="counts">The counts of one block.</param>
    public IReadOnlyList<int?> ReleaseCounts(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var hidden = Suppress([.. counts.Select(c => (new Proportion(0, c), IsSmall(c)))]);
        return [.. counts.Select((c, i) => hidden[i] ? (int?)null : c)];
    }

    /// <summary>Whether an authority with so many children may be named.</summary>
    /// <param name="children">The children counted.</param>
    public bool MayName(int children) => children >= SmallestGroup;

    internal bool IsSmall(int count) => count > 0 && count <= SmallestCount;

    internal bool IsSmall(Proportion p) => IsSmall(p.Count) || IsSmall(p.Of - p.Count) || IsSmall(p.Of);

    // One suppressed group alone is the total less the others, and groups of one child each are known by their sum: the smallest of the
    // others goes with them, and a true zero only where nothing else is left.
    private static bool[] Suppress((Proportion Proportion, bool Small)[] block)
    {
        var hidden = Array.ConvertAll(block, b => b.Small);
        var others = Enumerable.Range(0, block.Length).Where(i => !hidden[i]).OrderBy(i => block[i].Proportion.Of == 0).ThenBy(i => block[i].Proportion.Of);
        foreach (var next in others.ToArray())
        {
            var (groups, children) = (hidden.Count(h => h), block.Where((_, i) => hidden[i]).Sum(b => b.Proportion.Of));
            if (groups == 0 || (groups > 1 && children > groups)) break;
            hidden[next] = true;
        }

        return hidden;
    }
}
