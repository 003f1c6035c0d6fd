namespace Caseload.Cohorts;

/// <summary>
/// The rows of each child, years linked within an authority by LAchildID. An identifier means nothing outside its authority, so a child who
/// moves is two children here, as in the study.
/// </summary>
internal sealed class ChildHistories
{
    private readonly int[] rows;
    private readonly int[] start;

    private ChildHistories(int[] rows, int[] start) => (this.rows, this.start) = (rows, start);

    /// <summary>The number of children.</summary>
    internal int Count => start.Length - 1;

    /// <summary>The rows of a child, by referral date and then by census year.</summary>
    internal ReadOnlySpan<int> this[int child] => rows.AsSpan(start[child], start[child + 1] - start[child]);

    /// <summary>Links the usable rows.</summary>
    internal static ChildHistories Link(ReferralRows referrals)
    {
        var childOf = new int[referrals.Usable.Length];
        var numbers = new Dictionary<long, int>();
        var sizes = new List<int>();
        for (var row = 0; row < childOf.Length; row++)
        {
            childOf[row] = -1;
            if (!referrals.Usable[row]) continue;
            var key = ((long)referrals.Authority.Codes[row] << 32) | (uint)referrals.Child.Codes[row];
            if (!numbers.TryGetValue(key, out var child))
            {
                child = numbers.Count;
                numbers.Add(key, child);
                sizes.Add(0);
            }

            childOf[row] = child;
            sizes[child]++;
        }

        var start = new int[sizes.Count + 1];
        for (var child = 0; child < sizes.Count; child++) start[child + 1] = start[child] + sizes[child];
        var next = (int[])start.Clone();
        var rows = new int[start[^1]];
        for (var row = 0; row < childOf.Length; row++)
        {
            if (childOf[row] >= 0) rows[next[childOf[row]]++] = row;
        }

        for (var child = 0; child < sizes.Count; child++)
        {
            rows.AsSpan(start[child], sizes[child]).Sort((a, b) =>
                referrals.Referral[a] != referrals.Referral[b] ? referrals.Referral[a].CompareTo(referrals.Referral[b])
                : referrals.Year[a] != referrals.Year[b] ? referrals.Year[a].CompareTo(referrals.Year[b])
                : a.CompareTo(b));
        }

        return new ChildHistories(rows, start);
    }
}
