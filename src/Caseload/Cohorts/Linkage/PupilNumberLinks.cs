using Caseload.Frames;

namespace Caseload.Cohorts.Linkage;

/// <summary>What is known of someone who may share a pupil number with another.</summary>
/// <param name="Birth">Date of birth, not an expected one, or <see cref="DateColumn.Missing"/>.</param>
/// <param name="Sex">The place of the sex, or -1.</param>
internal readonly record struct LinkFacts(int Birth, short Sex);

/// <summary>What linking by pupil number met.</summary>
/// <param name="Joined">Identifiers (or children) that were put together with another.</param>
/// <param name="Implausible">Pupil numbers whose holders differ in birth date or sex: they join nobody.</param>
/// <param name="Shared">Pupil numbers with too many holders: they join nobody.</param>
/// <param name="Chains">
/// Groups that several pupil numbers would join although birth date or sex differ within the group: nobody in them is joined.
/// </param>
public readonly record struct PupilNumberCounts(int Joined, int Implausible, int Shared, int Chains)
{
    /// <summary>The sum of two accounts.</summary>
    /// <param name="left">An account.</param>
    /// <param name="right">Another.</param>
    public static PupilNumberCounts operator +(PupilNumberCounts left, PupilNumberCounts right) => new(
        left.Joined + right.Joined, left.Implausible + right.Implausible, left.Shared + right.Shared, left.Chains + right.Chains);

    /// <summary>The sum of two accounts.</summary>
    /// <param name="left">An account.</param>
    /// <param name="right">Another.</param>
    public static PupilNumberCounts Add(PupilNumberCounts left, PupilNumberCounts right) => left + right;
}

/// <summary>
/// Joins those who share a pupil number. A number joins all of its holders or none: none where they differ in birth date or sex, or where
/// they are too many. A chain of numbers that would join two who differ joins nobody. So the order of the rows cannot matter.
/// </summary>
internal static class PupilNumberLinks
{
    /// <summary>The most holders of one pupil number that are joined: six years with three identifiers a year and two to spare.</summary>
    internal const int MostHolders = 20;

    /// <summary>Joins.</summary>
    /// <param name="holders">Pupil number and holder, packed as number &lt;&lt; 32 | holder; sorted here.</param>
    /// <param name="facts">What is known of each holder.</param>
    internal static (Components Components, PupilNumberCounts Counts) Join(long[] holders, ReadOnlySpan<LinkFacts> facts)
    {
        Array.Sort(holders);
        var components = new Components(facts.Length);
        var counts = default(PupilNumberCounts);
        var touched = new List<int>();
        for (var from = 0; from < holders.Length;)
        {
            var to = from + 1;
            while (to < holders.Length && holders[to] >> 32 == holders[from] >> 32) to++;
            var group = Distinct(holders.AsSpan(from, to - from));
            from = to;
            if (group.Length < 2) continue;
            if (group.Length > MostHolders) counts = counts with { Shared = counts.Shared + 1 };
            else if (!Agree(group, facts)) counts = counts with { Implausible = counts.Implausible + 1 };
            else
            {
                foreach (var holder in group.AsSpan(1)) components.Join(group[0], holder);
                touched.AddRange(group);
            }
        }

        return (components, Split(components, touched, facts, counts));
    }

    private static PupilNumberCounts Split(
        Components components, List<int> touched, ReadOnlySpan<LinkFacts> facts, PupilNumberCounts counts)
    {
        foreach (var group in touched.Distinct().GroupBy(components.Find).Select(g => g.ToArray()).ToArray())
        {
            if (Agree(group, facts)) counts = counts with { Joined = counts.Joined + group.Length };
            else
            {
                counts = counts with { Chains = counts.Chains + 1 };
                foreach (var holder in group) components.Release(holder);
            }
        }

        return counts;
    }

    private static int[] Distinct(ReadOnlySpan<long> sorted)
    {
        var holders = new List<int>(sorted.Length);
        foreach (var pair in sorted)
        {
            if (holders.Count == 0 || holders[^1] != (int)pair) holders.Add((int)pair);
        }

        return [.. holders];
    }

    private static bool Agree(int[] group, ReadOnlySpan<LinkFacts> facts)
    {
        var (birth, sex) = (DateColumn.Missing, (short)-1);
        foreach (var holder in group)
        {
            var fact = facts[holder];
            if (fact.Birth != DateColumn.Missing)
            {
                if (birth != DateColumn.Missing && birth != fact.Birth) return false;
                birth = fact.Birth;
            }

            if (fact.Sex < 0) continue;
            if (sex >= 0 && sex != fact.Sex) return false;
            sex = fact.Sex;
        }

        return true;
    }
}
