namespace Caseload.Simulation;

/// <summary>A referral of a simulated child.</summary>
/// <param name="Referral">The day number of the referral.</param>
/// <param name="Closure">The day number of closure; it may lie after the end of follow-up.</param>
/// <param name="Need">The primary need, 0 for N1, or -1 where it is not recorded.</param>
/// <param name="Nfa">Whether it ends in no further action.</param>
internal readonly record struct SimulatedReferral(int Referral, int Closure, int Need, bool Nfa);

/// <summary>Draws what follows a first referral until 31 March 2016.</summary>
internal sealed class CourseDraws(Draws draws, Truth truth)
{
    internal const int FirstYear = 2011;
    internal const int LastYear = 2016;
    private const double ShareStillOpenAtReturn = 0.03;
    private static readonly int[] YearEnds =
        [.. Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Select(y => new DateOnly(y, 3, 31).DayNumber)];

    // Length of ended episodes, published: under 3 months 53%, 3-6 16%, 6-12 13%, 1-2 years 10%, 2 years or more 9%.
    private static readonly double[] LengthShares = [0.53, 0.16, 0.13, 0.10, 0.09];
    private static readonly (int First, int Last)[] LengthDays = [(5, 90), (91, 182), (183, 365), (366, 730), (731, 1460)];

    /// <summary>The day number on which a census year ends.</summary>
    internal static int YearEnd(int year) => YearEnds[year - FirstYear];

    /// <summary>Draws the referrals of a child, the first one included.</summary>
    /// <param name="child">The child.</param>
    /// <param name="returns">Whether the child is re-referred.</param>
    /// <param name="into">Takes the referrals; it is emptied first.</param>
    internal void Draw(in SimulatedChild child, bool returns, List<SimulatedReferral> into)
    {
        into.Clear();
        into.Add(new SimulatedReferral(child.Referral, Closure(child.Referral, child.Nfa), child.NeedKnown ? child.Need : -1, child.Nfa));
        if (!returns) return;

        var last = Math.Min(YearEnd(LastYear), DateOnly.FromDayNumber(child.Birth).AddYears(18).DayNumber - 1);
        var year = FirstYear + draws.Among(truth.FirstYearShares);
        var day = DayIn(year, child.Referral + 1, last);
        Add(child, day, into);
        for (var y = YearOf(day) + 1; y <= LastYear; y++)
        {
            if (YearEnd(y - 1) + 1 > last || !draws.Chance(truth.LaterYearChance)) continue;
            Add(child, draws.Between(YearEnd(y - 1) + 1, Math.Min(YearEnd(y), last)), into);
        }
    }

    private static int YearOf(int day)
    {
        var year = FirstYear;
        while (YearEnd(year) < day) year++;
        return year;
    }

    // A year that cannot be, because the first referral came on its last day or the eighteenth birthday before it, gives way to what can.
    private int DayIn(int year, int first, int last)
    {
        var from = Math.Max(first, year == FirstYear ? first : YearEnd(year - 1) + 1);
        var to = Math.Min(YearEnd(year), last);
        return from <= to ? draws.Between(from, to) : draws.Between(first, Math.Max(first, Math.Min(last, first + 365)));
    }

    private void Add(in SimulatedChild child, int day, List<SimulatedReferral> into)
    {
        var previous = into[^1];
        if (previous.Closure >= day && !draws.Chance(ShareStillOpenAtReturn))
            into[^1] = previous with { Closure = draws.Between(previous.Referral, day - 1) };
        var nfa = draws.Chance(truth.NfaAtRereferral[YearOf(day) - FirstYear]);
        var kept = draws.Chance(day - child.Referral <= 365 ? truth.KeptNeedWithinYear : truth.KeptNeedLater);
        var need = kept ? child.Need : draws.Among(truth.NeedShares);
        into.Add(new SimulatedReferral(day, Closure(day, nfa), draws.Chance(nfa ? 0.5 : 0.9) ? need : -1, nfa));
    }

    private int Closure(int referral, bool nfa)
    {
        var (first, last) = nfa ? (0, 20) : LengthDays[draws.Among(LengthShares)];
        return referral + draws.Between(first, last);
    }
}
