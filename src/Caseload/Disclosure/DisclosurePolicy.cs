using System.Globalization;
using System.Text.Json.Serialization;
using Caseload.Descriptives;
using Caseload.MixedModels.Checks;

namespace Caseload.Disclosure;

/// <summary>
/// What may leave the kit: one record for every table, figure, page, file and message of a run. On by default for real data, off for
/// simulated data. What is hidden is decided for all tables together, see <see cref="DisclosurePattern"/>; rounding comes on top of it.
/// </summary>
public sealed record DisclosurePolicy
{
    // A share of rounded counts on fewer than this many steps of rounding is moved by more than its interval.
    private const int StepsOfShare = 10;

    /// <summary>The policy's name, printed with every table that it was applied to.</summary>
    public required string Name { get; init; }

    /// <summary>The threshold: counts from 1 to this number are hidden, with the shares on them. 0 shows everything.</summary>
    public required int SmallestCount { get; init; }

    /// <summary>Whether a true zero is shown. A total of 0 always is.</summary>
    public bool ShowZeros { get; init; } = true;

    /// <summary>
    /// Whether so much more is hidden that no hidden count can be worked out from all that is shown. Without it small counts are not
    /// printed, and nothing is promised.
    /// </summary>
    public bool Secondary { get; init; } = true;

    /// <summary>Counts are rounded to a multiple of this, half away from zero: 1, 10 or 50. 1 leaves them as they are.</summary>
    public int RoundTo { get; init; } = 1;

    /// <summary>Decimals of percentages; null leaves them as they are.</summary>
    public int? PercentDecimals { get; init; } = 1;

    /// <summary>The fewest children of whom a mean, or a model, is shown.</summary>
    public int SmallestForMeans { get; init; }

    /// <summary>The fewest children of whom a median, another quantile or a standard deviation is shown.</summary>
    public int SmallestForQuantiles { get; init; }

    /// <summary>When a sum of magnitudes is dominated by a few.</summary>
    public DominanceRule Dominance { get; init; } = DominanceRule.Standard;

    /// <summary>Authorities with fewer modelled children than this are left out of tables and figures that name authorities.</summary>
    public int SmallestAuthority { get; init; }

    /// <summary>How a hidden number is written: <c>x</c>, <c>c</c>, <c>:</c> or <c>z</c>.</summary>
    public string Mark { get; init; } = "c";

    /// <summary>Why a person switched disclosure control off; empty where it is on.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Everything is shown: for simulated data, which are about nobody.</summary>
    public static DisclosurePolicy Open { get; } = new()
    {
        Name = "open", SmallestCount = 0, PercentDecimals = null, Dominance = DominanceRule.None,
    };

    /// <summary>
    /// The default for real data: the threshold of the Department for Education, everything rounded to the nearest 10, and no authority
    /// named with fewer than 10 children.
    /// </summary>
    public static DisclosurePolicy Standard { get; } = new()
    {
        Name = "standard", SmallestCount = 5, RoundTo = 10, SmallestForMeans = 10, SmallestForQuantiles = 10, SmallestAuthority = 10,
    };

    /// <summary>The policies that have a name. Their sources stand in docs/disclosure.md.</summary>
    public static IReadOnlyList<DisclosurePolicy> Presets { get; } =
    [
        Standard,
        new()
        {
            Name = "dfe-2010-11", SmallestCount = 5, SmallestForMeans = 6, SmallestForQuantiles = 6, SmallestAuthority = 6, Mark = "x",
        },
        new()
        {
            Name = "dfe-2020-21", SmallestCount = 5, RoundTo = 10, SmallestForMeans = 6, SmallestForQuantiles = 6, SmallestAuthority = 6,
        },
        new()
        {
            Name = "sre-10", SmallestCount = 9, ShowZeros = false, SmallestForMeans = 10, SmallestForQuantiles = 10,
            SmallestAuthority = 10,
        },
        Open,
    ];

    /// <summary>Whether nothing is hidden or rounded.</summary>
    [JsonIgnore]
    public bool ShowsAll => SmallestCount == 0;

    /// <summary>Whether a person switched it off, which every page must say.</summary>
    [JsonIgnore]
    public bool IsOff => Reason.Length > 0;

    /// <summary>What a page, a table and the terminal say where it was switched off; empty where it was not.</summary>
    [JsonIgnore]
    public string Notice => IsOff ? $"Disclosure control is off. Reason given: {Reason}" : "";

    /// <summary>The policy in words.</summary>
    [JsonIgnore]
    public string Words => IsOff ? $"off ({Reason})"
        : ShowsAll ? "none (simulated data)"
        : string.Create(CultureInfo.InvariantCulture,
            $"{Name}: counts from {(ShowZeros ? 1 : 0)} to {SmallestCount} and what rests on them shown as {Mark}"
            + $"{(Secondary ? ", with secondary suppression over all tables together" : ", without secondary suppression")}"
            + $"{(RoundTo > 1 ? $"; other counts rounded to the nearest {RoundTo}, shares those of the rounded counts" : "")}");

    /// <summary>The default for data of a kind.</summary>
    /// <param name="isSimulated">Whether the data say that they were made by the kit.</param>
    public static DisclosurePolicy For(bool isSimulated) => isSimulated ? Open : Standard;

    /// <summary>Everything is shown although the data may be real.</summary>
    /// <param name="reason">Why; it is printed wherever the numbers go.</param>
    public static DisclosurePolicy Off(string reason) => Open with { Name = "off", Reason = reason };

    /// <summary>Whether a count may be shown: it is above the threshold, or 0.</summary>
    /// <param name="count">The count.</param>
    public bool IsSafe(int count) => count == 0 || count > SmallestCount;

    /// <summary>Releases a count that stands alone and adds up to nothing; null is hidden.</summary>
    /// <param name="count">The count.</param>
    public int? Release(int count) => IsSafe(count) && (count > 0 || ShowZeros) ? Round(count) : null;

    /// <summary>Releases a proportion that stands alone: hidden where those, the others or all are a few.</summary>
    /// <param name="proportion">The proportion.</param>
    public Released Release(Proportion proportion) =>
        IsSafe(proportion.Count) && IsSafe(proportion.Of - proportion.Count) ? Show(proportion) : Released.Suppressed;

    /// <summary>Releases a mean; null where it rests on too few children.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="children">How many children it rests on.</param>
    public double? ReleaseMean(double mean, int children) => children >= SmallestForMeans ? mean : null;

    /// <summary>Releases a median, another quantile or a standard deviation; null where it rests on too few children.</summary>
    /// <param name="quantile">The figure.</param>
    /// <param name="children">How many children it rests on.</param>
    public double? ReleaseQuantile(double quantile, int children) => children >= SmallestForQuantiles ? quantile : null;

    /// <summary>Releases the sum of magnitudes; null where too few contribute, or a few dominate.</summary>
    /// <param name="contributions">What each contributor adds to it, none below 0.</param>
    public double? ReleaseSum(IReadOnlyList<double> contributions)
    {
        ArgumentNullException.ThrowIfNull(contributions);
        return contributions.Count > SmallestCount && !Dominance.IsDominated(contributions) ? contributions.Sum() : null;
    }

    /// <summary>A count as it may be shown, or the mark: with commas between thousands.</summary>
    /// <param name="released">The count after disclosure control; null is hidden.</param>
    public string Write(int? released) => released?.ToString("N0", CultureInfo.InvariantCulture) ?? Mark;

    /// <summary>A share as it may be written: a percentage with one decimal, or the mark; a dash where there is nobody.</summary>
    /// <param name="released">The proportion after disclosure control.</param>
    public string Write(Released released)
    {
        ArgumentNullException.ThrowIfNull(released);
        return released switch
        {
            { IsSuppressed: true } => Mark,
            { Value: { } share } => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%",
            _ => "-",
        };
    }

    /// <summary>
    /// What a check of a fit found, as it may be told: on real data without the numbers of children that the engine counts.
    /// </summary>
    /// <param name="check">The check.</param>
    public string Write(FitCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (ShowsAll || check.Outcome != CheckOutcome.Failed) return check.Message;
        return check.Check switch
        {
            CheckName.Separation => "Separation: the covariates tell the outcome of some children without error, "
                + $"so there is no finite estimate of {check.Component}.",
            CheckName.Outcome => "The outcome does not vary.",
            CheckName.MissingCells => $"Rows were left out because cells are missing in {check.Component}.",
            _ => check.Message,
        };
    }

    /// <summary>A count as it is shown once nothing speaks against showing it.</summary>
    internal int Round(int count) => (int)Math.Round((double)count / RoundTo, MidpointRounding.AwayFromZero) * RoundTo;

    /// <summary>A proportion as it is shown once nothing speaks against showing it: the share is that of the counts shown.</summary>
    internal Released Show(Proportion p)
    {
        if (p.Of == 0) return new Released(0, 0, null, null, null, false);
        var shown = new Proportion(Math.Min(Round(p.Count), Round(p.Of)), Round(p.Of));
        return RoundTo > 1 && shown.Of < StepsOfShare * RoundTo
            ? new Released(shown.Count, shown.Of, null, null, null, false)
            : new Released(shown.Count, shown.Of, Share(shown.Value), Share(shown.Lower), Share(shown.Upper), false);
    }

    private double Share(double share) =>
        PercentDecimals is { } decimals ? Math.Round(share, decimals + 2, MidpointRounding.AwayFromZero) : share;
}
