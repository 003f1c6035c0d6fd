namespace Caseload.Simulation;

/// <summary>What an identifier of the authority with broken identifiers stands for.</summary>
internal enum BrokenRole : byte
{
    /// <summary>A child whose case of 2010-11 ends in the year.</summary>
    Child,

    /// <summary>A child who returns within the year under the same identifier: the only return that linkage sees.</summary>
    SeenAgain,

    /// <summary>A child who returns within the year under another identifier.</summary>
    Reissued,

    /// <summary>That other identifier.</summary>
    Reissue,

    /// <summary>A child whose case is open over 31 March 2011, and stands in the next return under another identifier.</summary>
    CarriedOver,
}

/// <summary>
/// The authority whose identifiers do not carry over. What is counted are identifiers, since linkage can see no more: so many of them are
/// children, so many the same children again, and so many return under one identifier that the published rate comes out after linkage.
/// </summary>
internal sealed class BrokenPlan
{
    private const int DaysLeft = 30;
    private readonly int seenEligible;
    private readonly int seenAgedOut;

    private BrokenPlan(BrokenRole[] roles, int[] parents, int seenEligible, int seenAgedOut) =>
        (Roles, Parents, this.seenEligible, this.seenAgedOut) = (roles, parents, seenEligible, seenAgedOut);

    /// <summary>A plan for a simulation without such an authority.</summary>
    internal static BrokenPlan None { get; } = new([], [], 0, 0);

    /// <summary>What each identifier stands for.</summary>
    internal BrokenRole[] Roles { get; }

    /// <summary>For a second identifier the first one of the same child; for a first one the second, else itself.</summary>
    internal int[] Parents { get; }

    /// <summary>How many children are seen to return.</summary>
    /// <param name="eligible">Of those who stay under 18, or of those who age out.</param>
    internal int Seen(bool eligible) => eligible ? seenEligible : seenAgedOut;

    /// <summary>
    /// Plans the identifiers of the first return. Of n of them P are children and hP those reissued within the year: with a share w of
    /// the children returning within the year and a rate t to be seen, P (1 + h) = n and w - h = t (1 + h), so h = (w - t) / (1 + t).
    /// Cases carried over have another identifier in the next return only, and the cohort is made of the first.
    /// </summary>
    /// <param name="truth">What is planted.</param>
    /// <param name="children">The identifiers; in random order, as they were drawn.</param>
    internal static BrokenPlan Of(Truth truth, Children children)
    {
        var roles = new BrokenRole[children.Count];
        int[] parents = [.. Enumerable.Range(0, children.Count)];
        int Plan(bool eligible)
        {
            var returned = eligible ? truth.RereferredOfEligible : truth.RereferredOfAgedOut;
            var rate = truth.BrokenRate * returned / truth.RereferredOfEligible;
            var within = returned * truth.FirstYearShares[0];
            var reissue = Math.Max(0, (within - rate) / (1 + rate));
            int[] own = [.. Enumerable.Range(0, children.Count).Where(i => children.Eligible[i] == eligible)];
            var persons = (int)Math.Round(own.Length / (1 + reissue));
            var reissued = own.Length - persons;
            var seen = Math.Min((int)Math.Round(rate * own.Length), persons - reissued);
            var carried = Math.Min((int)Math.Round(truth.BrokenCarryOver * persons), persons - reissued - seen);

            // A child who returns or whose case goes on is one who was born before the year began.
            int[] first = [.. own.Take(persons).OrderBy(i => children.Birth[i] >= StudyYears.Start(0) ? 1 : 0)];
            for (var i = 0; i < reissued; i++)
            {
                var (parent, copy) = (first[i], own[persons + i]);
                (roles[parent], roles[copy]) = (BrokenRole.Reissued, BrokenRole.Reissue);
                (parents[parent], parents[copy]) = (copy, parent);
            }

            for (var i = 0; i < seen; i++) roles[first[reissued + i]] = BrokenRole.SeenAgain;
            for (var i = 0; i < carried; i++) roles[first[reissued + seen + i]] = BrokenRole.CarriedOver;
            return seen;
        }

        var (young, old) = (Plan(true), Plan(false));
        return new BrokenPlan(roles, parents, young, old);
    }

    /// <summary>Makes the second identifiers the children that they are.</summary>
    /// <param name="children">The identifiers.</param>
    /// <param name="draws">The stream.</param>
    /// <param name="authority">The authority.</param>
    /// <param name="tools">Draws of needs, of further action and of what is recorded.</param>
    internal void Apply(
        Children children, Draws draws, SimulatedAuthority authority, (NeedDraws Needs, NfaChances Nfa, ChildDraws Child) tools)
    {
        var end = StudyYears.End(0);
        for (var i = 0; i < Roles.Length; i++)
        {
            if (Roles[i] is not (BrokenRole.SeenAgain or BrokenRole.Reissued or BrokenRole.CarriedOver)) continue;
            children.Earlier[i] = 0;
            var latest = Math.Min(end - DaysLeft, StudyYears.Birthday(children.Birth[i], 18) - (2 * DaysLeft));
            children.Referral[i] = draws.Between(StudyYears.Start(0), Math.Max(StudyYears.Start(0), latest));
            Regroup(children, i);
            if (Roles[i] == BrokenRole.CarriedOver) children.Nfa[i] = false;
            tools.Child.Record(draws, children, i, authority);
            if (Roles[i] == BrokenRole.SeenAgain)
            {
                children.Returns[i] = true;
                children.FirstReturn[i] = draws.Between(children.Referral[i] + 1, Latest(children, i));
            }

            if (Roles[i] != BrokenRole.Reissued) continue;
            var copy = Parents[i];
            children.Birth[copy] = children.Birth[i];
            children.Female[copy] = children.Female[i];
            children.Ethnicity[copy] = children.Ethnicity[i];
            children.Disability[copy] = children.Disability[i];
            children.HasUpn[copy] = children.HasUpn[i];
            children.Person[copy] = i;
            children.Earlier[copy] = 0;
            children.Referral[copy] = draws.Between(children.Referral[i] + 1, Latest(children, i));
            children.Need[copy] = tools.Needs.Again(draws, children.Need[i], children.Referral[copy] - children.Referral[i]);
            children.Nfa[copy] = draws.Chance(tools.Nfa.Later(authority, 0));
            Regroup(children, copy);
            tools.Child.Record(draws, children, copy, authority);
        }
    }

    private static int Latest(Children children, int i) =>
        Math.Max(children.Referral[i] + 1, Math.Min(StudyYears.End(0), StudyYears.Birthday(children.Birth[i], 18) - 1));

    private static void Regroup(Children children, int i)
    {
        if (children.Eligible[i]) children.AgeGroup[i] = ChildDraws.GroupOf(children.Referral[i] - children.Birth[i]);
    }
}
