using System.Globalization;
using Caseload.Descriptives;
using Caseload.MixedModels.Checks;

namespace Caseload.Disclosure;

/// <summary>
/// What may leave the kit. One setting for every table, figure, page and message; on by default for real data, off for simulated data.
/// </summary>
/// <remarks>
/// Suppression alone does not hold where the same children are counted in several tables: a hidden cell is the difference of two that are
/// shown. So every count that is shown is rounded, and every share is that of the rounded counts.
/// </remarks>
/// <param name="Name">The policy's name, printed with every table that it was applied to.</param>
/// <param name="SmallestCount">Counts from 1 to this number are not shown, nor are percentages on them. 0 shows everything.</param>
/// <param name="RoundTo">Counts are rounded to a multiple of this, half away from zero. 1 leaves them as they are.</param>
/// <param name="SmallestGroup">Authorities with fewer children than this are left out of tables and figures that name authorities.</param>
public sealed record DisclosurePolicy(string Name, int SmallestCount, int RoundTo, int SmallestGroup)
{
    // The fewest children on whom a share of rounded counts is shown.
    private const int SmallestBase = 100;

    /// <summary>How a suppressed number is written.</summary>
    public const string Mark = "c";

    /// <summary>Everything is shown: for simulated data, which are about nobody.</summary>
    public static DisclosurePolicy Open { get; } = new("none (simulated data)", 0, 1, 0);

    /// <summary>
    /// Counts from 1 to 5 are suppressed, and a second one where the first could be worked out from a total; true zeros are shown; all
    /// other counts are rounded to the nearest 10, and percentages are those of the rounded counts. Authorities with fewer than 10
    /// children are not named.
    /// </summary>
    public static DisclosurePolicy Standard { get; } = new(
        "counts from 1 to 5 suppressed, with secondary suppression; other counts rounded to the nearest 10, "
            + "percentages and intervals on the rounded counts, of 100 children or more",
        5, 10, 10);

    /// <summary>The policy for data of a kind.</summary>
    /// <param name="isSimulated">Whether the data say that they were made by the kit.</param>
    public static DisclosurePolicy For(bool isSimulated) => isSimulated ? Open : Standard;

    /// <summary>Releases the groups of one variable, which add up to a known total.</summary>
    /// <param name="groups">The groups of one variable.</param>
    public IReadOnlyList<ReleasedGroup> Release(IReadOnlyList<RiskGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var all = Release([.. groups.Select(g => g.All)]);
        var eligible = Release([.. groups.Select(g => g.Eligible)]);
        return [.. groups.Select((g, i) => new ReleasedGroup(g.Variable, g.Section, g.Code, g.Label, all[i], eligible[i]))];
    }

    /// <summary>Releases proportions of one block, such as the groups of a variable or the census years of a table.</summary>
    /// <param name="block">Proportions whose counts or totals could be worked out from each other.</param>
    public IReadOnlyList<Released> Release(IReadOnlyList<Proportion> block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var hidden = Suppress([.. block.Select(p => (Math.Min(p.Count, p.Of - p.Count), IsSmall(p)))]);
        return [.. block.Select((p, i) => hidden[i] ? Released.Suppressed : Show(p))];
    }

    /// <summary>Releases one proportion that stands alone.</summary>
    /// <param name="proportion">The proportion.</param>
    public Released Release(Proportion proportion) => IsSmall(proportion) ? Released.Suppressed : Show(proportion);

    /// <summary>Releases counts that add up to a known total; null is suppressed.</summary>
    /// <param name="counts">The counts of one block.</param>
    public IReadOnlyList<int?> Release(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var hidden = Suppress([.. counts.Select(c => (c, IsSmall(c)))]);
        return [.. counts.Select((c, i) => hidden[i] ? (int?)null : Round(c))];
    }

    /// <summary>Releases one count that stands alone; null is suppressed.</summary>
    /// <param name="count">The count.</param>
    public int? Release(int count) => IsSmall(count) ? null : Round(count);

    /// <summary>A count as it may be written: with commas between thousands, or the mark.</summary>
    /// <param name="count">The count.</param>
    public string Write(int count) => Release(count)?.ToString("N0", CultureInfo.InvariantCulture) ?? Mark;

    /// <summary>A share as it may be written: a percentage with one decimal, or the mark; a dash where there is nobody.</summary>
    /// <param name="proportion">The proportion.</param>
    public string Write(Proportion proportion) => Release(proportion) switch
    {
        { IsSuppressed: true } => Mark,
        { Value: { } share } => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%",
        _ => "-",
    };

    /// <summary>What a check of a fit found, as it may be told: on real data without the numbers of children that the engine counts.</summary>
    /// <param name="check">The check.</param>
    public string Write(FitCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (RoundTo == 1 || check.Outcome != CheckOutcome.Failed) return check.Message;
        return check.Check switch
        {
            CheckName.Separation => "Separation: the covariates tell the outcome of some children without error, "
                + $"so there is no finite estimate of {check.Component}.",
            CheckName.Outcome => "The outcome does not vary.",
            CheckName.MissingCells => $"Rows were left out because cells are missing in {check.Component}.",
            _ => check.Message,
        };
    }

    /// <summary>Whether an authority with so many children may be named.</summary>
    /// <param name="children">The children counted.</param>
    public bool MayName(int children) => children >= SmallestGroup;

    // One hidden cell alone is the total less the others, and cells of one child each are known by their sum: the smallest of the others
    // goes with them, and a true zero only where nothing else is left.
    private static bool[] Suppress((int Size, bool IsSmall)[] block)
    {
        var hidden = Array.ConvertAll(block, b => b.IsSmall);
        foreach (var next in Enumerable.Range(0, block.Length)
            .Where(i => !hidden[i]).OrderBy(i => block[i].Size == 0).ThenBy(i => block[i].Size).ToArray())
        {
            var (cells, children) = (hidden.Count(h => h), block.Where((_, i) => hidden[i]).Sum(b => b.Size));
            if (cells == 0 || (cells > 1 && children > cells)) break;
            hidden[next] = true;
        }

        return hidden;
    }

    private Released Show(Proportion p)
    {
        if (p.Of == 0) return new Released(0, 0, null, null, null, false);
        var shown = new Proportion(Math.Min(Round(p.Count), Round(p.Of)), Round(p.Of));

        // On few children rounding moves a share by more than its interval: the counts stand alone.
        return RoundTo > 1 && shown.Of < SmallestBase
            ? new Released(shown.Count, shown.Of, null, null, null, false)
            : new Released(shown.Count, shown.Of, shown.Value, shown.Lower, shown.Upper, false);
    }

    private int Round(int count) => (int)Math.Round((double)count / RoundTo, MidpointRounding.AwayFromZero) * RoundTo;

    private bool IsSmall(int count) => count > 0 && count <= SmallestCount;

    private bool IsSmall(Proportion p) => IsSmall(p.Count) || IsSmall(p.Of - p.Count) || IsSmall(p.Of);
}
