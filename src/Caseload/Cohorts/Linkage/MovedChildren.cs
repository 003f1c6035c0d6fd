using Caseload.Cohorts.Cleaning;
using Caseload.Frames;

namespace Caseload.Cohorts.Linkage;

/// <summary>Children who share a pupil number across authorities, with birth date and sex that do not differ.</summary>
internal sealed class MovedChildren
{
    private readonly Components components;
    private readonly int[] firstChild;
    private readonly bool[] hasNumber;

    private MovedChildren(Components components, int[] firstChild, bool[] hasNumber, PupilNumberCounts counts) =>
        (this.components, this.firstChild, this.hasNumber, Counts) = (components, firstChild, hasNumber, counts);

    /// <summary>What joining met.</summary>
    internal PupilNumberCounts Counts { get; }

    /// <summary>Children with a pupil number.</summary>
    internal int WithNumber => hasNumber.Count(has => has);

    /// <summary>Whether a child has a pupil number.</summary>
    internal bool HasNumber(int authority, int child) => hasNumber[firstChild[authority] + child];

    internal static MovedChildren Find(LinkedHistories linked)
    {
        var (referrals, numbers) = (linked.Referrals, linked.Referrals.PupilNumbers);
        var firstChild = new int[linked.Authorities.Length + 1];
        for (var a = 0; a < linked.Authorities.Length; a++) firstChild[a + 1] = firstChild[a] + linked.Authorities[a].Children.Length;
        var facts = new LinkFacts[firstChild[^1]];
        var hasNumber = new bool[firstChild[^1]];
        var holders = new List<long>();
        foreach (var authority in linked.Authorities)
        {
            for (var c = 0; c < authority.Children.Length; c++)
            {
                var place = firstChild[authority.Authority] + c;
                var rows = RowsOf(linked, authority, authority.Children[c]);
                var before = holders.Count;
                foreach (var row in rows)
                {
                    if (numbers.Current(row) is var current and >= 0) holders.Add(((long)current << 32) | (uint)place);
                    if (numbers.Former(row) is var former and >= 0) holders.Add(((long)former << 32) | (uint)place);
                }

                if (holders.Count == before) continue;
                hasNumber[place] = true;
                facts[place] = new LinkFacts(
                    LatestValue.Date(referrals, referrals.Birth, rows), LatestValue.Code(referrals, referrals.Sex, rows));
            }
        }

        var (components, counts) = PupilNumberLinks.Join(AcrossAuthorities(holders, firstChild), facts);
        return new MovedChildren(components, firstChild, hasNumber, counts);
    }

    /// <summary>The groups of children who are one child in several authorities, each by authority and place in it.</summary>
    internal List<(int Authority, int Child)[]> Groups()
    {
        var members = new Dictionary<int, List<int>>();
        for (var place = 0; place < hasNumber.Length; place++)
        {
            if (components.Find(place) is var first && first == place) continue;
            if (!members.TryGetValue(first, out var group)) members[first] = group = [first];
            group.Add(place);
        }

        return [.. members.Values.Select(group => group.Select(Locate).ToArray()).Where(g => g[0].Authority != g[^1].Authority)];
    }

    private (int Authority, int Child) Locate(int place)
    {
        var authority = Array.BinarySearch(firstChild, place);
        if (authority < 0) authority = ~authority - 1;
        while (firstChild[authority + 1] == firstChild[authority]) authority++;
        return (authority, place - firstChild[authority]);
    }

    // A number that one authority alone knows joins nobody across authorities; within one the way of linking has decided already.
    private static long[] AcrossAuthorities(List<long> holders, int[] firstChild)
    {
        holders.Sort();
        var across = new List<long>();
        for (var from = 0; from < holders.Count;)
        {
            var to = from + 1;
            while (to < holders.Count && holders[to] >> 32 == holders[from] >> 32) to++;
            var next = Array.BinarySearch(firstChild, (int)holders[from] + 1);
            next = next < 0 ? ~next : next;
            if ((int)holders[to - 1] >= firstChild[next]) across.AddRange(holders[from..to]);
            from = to;
        }

        return [.. across];
    }

    private static ReadOnlySpan<int> RowsOf(LinkedHistories linked, AuthorityHistories authority, in LinkedChild child)
    {
        // The rows of a child stand together; those of referrals that were left out may stand between them.
        var episodes = authority.Of(child);
        var last = episodes[^1];
        return linked.Rows.Rows.AsSpan(episodes[0].FirstRow, last.FirstRow + last.RowCount - episodes[0].FirstRow);
    }
}
