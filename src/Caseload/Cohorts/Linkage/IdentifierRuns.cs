using Caseload.Cohorts.Cleaning;

namespace Caseload.Cohorts.Linkage;

/// <summary>
/// The rows of one authority by identifier and referral date, one run an identifier, the runs in the ordinal order of the identifiers.
/// </summary>
internal sealed class IdentifierRuns
{
    private const int BitsOfADay = 22;
    private readonly int[] rows;
    private readonly int[] start;
    private readonly int[] end;

    private IdentifierRuns(int[] rows, int[] start, int[] end) => (this.rows, this.start, this.end) = (rows, start, end);

    /// <summary>The number of identifiers.</summary>
    internal int Count => start.Length;

    /// <summary>The rows of an identifier, by referral date; rows of one date in no order.</summary>
    internal ReadOnlySpan<int> this[int identifier] => rows.AsSpan(start[identifier], end[identifier] - start[identifier]);

    internal static IdentifierRuns Of(ReferralRows referrals, ReadOnlySpan<int> authorityRows)
    {
        // One sort of packed keys: the identifier's number, then the day of the referral.
        var rows = authorityRows.ToArray();
        var codes = referrals.Child.Codes;
        var keys = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++) keys[i] = ((long)codes[rows[i]] << BitsOfADay) | (uint)referrals.Referral[rows[i]];
        Array.Sort(keys, rows);

        var (identifiers, start, end) = (new List<int>(), new List<int>(), new List<int>());
        for (var i = 0; i < rows.Length; i++)
        {
            if (i > 0 && keys[i] >> BitsOfADay == keys[i - 1] >> BitsOfADay) continue;
            if (i > 0) end.Add(i);
            identifiers.Add((int)(keys[i] >> BitsOfADay));
            start.Add(i);
        }

        if (rows.Length > 0) end.Add(rows.Length);
        var order = OrdinalOrder.Of([.. identifiers], referrals.Child.Levels);
        return new IdentifierRuns(rows, [.. order.Select(i => start[i])], [.. order.Select(i => end[i])]);
    }
}
