namespace Caseload.Simulation;

/// <summary>Draws the children of an authority at their first referral in 2010-11.</summary>
internal sealed class ChildDraws(SimulationSettings settings, NfaChances nfa, NeedDraws needs)
{
    private const int DaysBeforeBirthday = 60;
    private const double HasUpn = 0.95;
    private static readonly int FirstDay = StudyYears.Start(0);
    private static readonly int LastDay = StudyYears.End(0);

    // Born on this day or later: under 18 on 31 March 2016.
    private static readonly int FirstEligibleBirth = new DateOnly(1998, 4, 1).DayNumber;

    // Days of age at the referral of the groups unborn, 0, 1-4, 5-9 and 10-12.
    private static readonly (int First, int Last)[] AgeDays = [(-200, -1), (0, 364), (366, 1825), (1827, 3651), (3654, 4747)];

    private readonly Truth truth = settings.Truth;
    private readonly double[] ageShares = [.. settings.Truth.AgeShares];
    private readonly CaseLengths lengths = new(settings.Truth);

    /// <summary>The place of an age group.</summary>
    internal static byte GroupOf(int days) => (byte)Math.Max(0, Array.FindLastIndex(AgeDays, d => days >= d.First));

    /// <summary>Draws the children of an authority.</summary>
    /// <param name="authority">The authority.</param>
    /// <param name="planned">The needs of its children with complete records, in simulations so small that they are apportioned.</param>
    internal Children Draw(SimulatedAuthority authority, byte[] planned)
    {
        var draws = new Draws(settings.Seed, DrawStep.Children, authority.Index);
        var children = new Children(authority.Children);
        var places = Enumerable.Range(0, authority.Children).ToArray();
        draws.Shuffle<int>(places);
        for (var i = 0; i < places.Length; i++)
            (children.Eligible[i], children.Complete[i]) = (places[i] < authority.Eligible, places[i] < authority.Complete);

        var next = 0;
        for (var i = 0; i < children.Count; i++)
        {
            DrawAge(draws, children, i);
            children.Need[i] = children.Complete[i] && next < planned.Length ? planned[next++] : needs.First(draws);
            children.Nfa[i] = draws.Chance(nfa.First(authority));
            DrawFacts(draws, children, i);
            Record(draws, children, i, authority);
        }

        DrawEarlier(draws, children);
        return children;
    }

    /// <summary>Says what of a child is recorded.</summary>
    internal void Record(Draws draws, Children children, int i, SimulatedAuthority authority)
    {
        var (eligible, complete) = (children.Eligible[i], children.Complete[i]);
        var items = settings.Recorded;
        children.NeedKnown[i] = needs.IsRecorded(draws, children.Nfa[i], items) | (items == RecordedItems.CompleteCases & complete);
        if (items == RecordedItems.NearlyAll)
        {
            children.SexKnown[i] = draws.Chance(truth.RecordedInSample);
            children.DisabilityKnown[i] = draws.Chance(truth.RecordedInSample) & !authority.IsUnrecorded;
            return;
        }

        // What is not recorded is what keeps an eligible child out of the model: in the study the reason was never published.
        children.SexKnown[i] = draws.Chance(truth.SexRecorded) | complete;
        children.DisabilityKnown[i] =
            complete | (draws.Chance(truth.DisabilityRecordedAgedOut) & !eligible & !authority.IsUnrecorded);
    }

    private void DrawAge(Draws draws, Children children, int i)
    {
        var referral = draws.Between(FirstDay, LastDay);
        if (!children.Eligible[i])
        {
            children.AgeGroup[i] = Children.AgedOut;
            var oldest = DateOnly.FromDayNumber(referral).AddYears(-18).DayNumber + DaysBeforeBirthday;
            (children.Referral[i], children.Birth[i]) = (referral, draws.Between(oldest, FirstEligibleBirth - 1));
            return;
        }

        var group = draws.Among(ageShares);
        var (first, last) = AgeDays[group];
        var days = draws.Between(first, group == AgeDays.Length - 1 ? Math.Min(last, referral - FirstEligibleBirth) : last);

        // Of an unborn child the sex is told once it is born: the model needs those who are born within the year.
        if (group == 0 && children.Complete[i]) referral = draws.Between(FirstDay, LastDay + days);
        (children.Referral[i], children.Birth[i], children.AgeGroup[i]) = (referral, referral - days, (byte)group);
    }

    private void DrawFacts(Draws draws, Children children, int i)
    {
        var ofNeed = truth.NeedShares[CensusCodes.ChildsDisability];
        var others = Math.Max(0, (truth.DisabledShare - (ofNeed * truth.DisabledOfN2)) / (1 - ofNeed));
        var isDisabled = draws.Chance(children.Need[i] == CensusCodes.ChildsDisability ? truth.DisabledOfN2 : others);
        children.Disability[i] = isDisabled ? (byte)(1 + draws.Among(CensusCodes.DisabilityShares)) : (byte)0;
        children.Female[i] = draws.Chance(truth.FemaleShare);
        children.Ethnicity[i] = (byte)draws.Among(CensusCodes.EthnicityShares);
        children.HasUpn[i] = draws.Chance(HasUpn);
        children.Person[i] = i;
    }

    // Left truncation: a referral in the year before, dated before 1 April 2010, so that the returns show its case only where it was still
    // open on that day. The nearer the first referral is to 1 April 2010, the more of the year before lies on the other side.
    private void DrawEarlier(Draws draws, Children children)
    {
        var sum = 0.0;
        for (var i = 0; i < children.Count; i++) sum += EarlierWeight(children, i);
        for (var i = 0; i < children.Count; i++)
        {
            if (!draws.Chance(truth.EarlierReferral * children.Count * EarlierWeight(children, i) / Math.Max(sum, 1))) continue;
            children.Earlier[i] = draws.Between(children.Referral[i] - 364, FirstDay - 1);
            children.EarlierClosure[i] = lengths.Closure(draws, children.Earlier[i], nfa: false, children.Referral[i] - 1);
        }
    }

    private static double EarlierWeight(Children children, int i) =>
        children.Referral[i] - children.Birth[i] < 365 ? 0 : Math.Max(0, 363 - (children.Referral[i] - FirstDay)) / 365.0;
}
