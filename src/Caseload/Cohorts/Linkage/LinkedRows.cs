using Caseload.Cohorts.Cleaning;
using Caseload.Frames;

namespace Caseload.Cohorts.Linkage;

/// <summary>
/// The usable rows, authority after authority in the ordinal order of their codes. Every authority fills its own part, so that authorities
/// can be linked side by side.
/// </summary>
internal sealed class LinkedRows
{
    private readonly int[] start;

    private LinkedRows(string[] authorities, int[] rows, int[] start) => (Authorities, Rows, this.start) = (authorities, rows, start);

    /// <summary>The codes of the authorities, in ordinal order.</summary>
    internal string[] Authorities { get; }

    /// <summary>Row numbers of the returns: by authority, and once an authority is linked by child, referral date and return.</summary>
    internal int[] Rows { get; }

    /// <summary>Where the rows of an authority begin.</summary>
    internal int Start(int authority) => start[authority];

    /// <summary>The rows of an authority.</summary>
    internal Span<int> Of(int authority) => Rows.AsSpan(start[authority], start[authority + 1] - start[authority]);

    internal static LinkedRows Sort(ReferralRows referrals)
    {
        var levels = referrals.Authority.Levels;
        var order = Enumerable.Range(0, levels.Count).ToArray();
        Array.Sort(levels.ToArray(), order, StringComparer.Ordinal);
        var placeOf = new int[order.Length];
        for (var i = 0; i < order.Length; i++) placeOf[order[i]] = i;

        var start = new int[order.Length + 1];
        var codes = referrals.Authority.Codes;
        for (var row = 0; row < codes.Length; row++)
        {
            if (referrals.Referral[row] != DateColumn.Missing) start[placeOf[codes[row]] + 1]++;
        }

        for (var i = 0; i < order.Length; i++) start[i + 1] += start[i];
        var next = start[..^1];
        var rows = new int[start[^1]];
        for (var row = 0; row < codes.Length; row++)
        {
            if (referrals.Referral[row] != DateColumn.Missing) rows[next[placeOf[codes[row]]]++] = row;
        }

        return new LinkedRows([.. order.Select(i => levels[i])], rows, start);
    }
}
