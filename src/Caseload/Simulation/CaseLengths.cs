namespace Caseload.Simulation;

/// <summary>Draws how long a case stays open.</summary>
/// <param name="truth">What is planted.</param>
internal sealed class CaseLengths(Truth truth)
{
    private const int LongestNfa = 20;
    private const int Tries = 8;
    private static readonly (int First, int Last)[] Days = [(5, 90), (91, 182), (183, 365), (366, 730), (731, 1460)];
    private readonly double[] shares = [.. truth.LengthShares];

    /// <summary>The day of closure of a case that must be closed by a day; it may be closed on it.</summary>
    /// <param name="draws">The stream.</param>
    /// <param name="referral">The day of the referral.</param>
    /// <param name="nfa">Whether it ends in no further action: within 20 days and the census year.</param>
    /// <param name="latest">The last day on which it can be closed; not before the referral.</param>
    internal int Closure(Draws draws, int referral, bool nfa, int latest)
    {
        if (nfa) return draws.Between(referral, Math.Min(Math.Min(referral + LongestNfa, latest), StudyYears.End(StudyYears.Of(referral))));
        for (var i = 0; i < Tries; i++)
        {
            var (first, last) = Days[draws.Among(shares)];
            var closure = referral + draws.Between(first, last);
            if (closure <= latest) return closure;
        }

        return draws.Between(referral, latest);
    }
}
