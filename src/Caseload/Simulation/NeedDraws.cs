namespace Caseload.Simulation;

/// <summary>
/// Draws primary needs. A need that is not kept is drawn anew and may be the same again: the chance of keeping allows for that.
/// </summary>
internal sealed class NeedDraws
{
    private readonly Truth truth;
    private readonly double[] shares;
    private readonly double keptWithinYear;
    private readonly double keptLater;

    internal NeedDraws(Truth truth)
    {
        this.truth = truth;
        shares = [.. truth.NeedShares];
        var same = shares.Sum(s => s * s);
        (keptWithinYear, keptLater) = (Kept(truth.SameNeedWithinYear, same), Kept(truth.SameNeedLater, same));
    }

    /// <summary>A first need.</summary>
    internal byte First(Draws draws) => (byte)draws.Among(shares);

    /// <summary>The need of a re-referral, by the days since the first referral.</summary>
    internal byte Again(Draws draws, byte need, int days) =>
        draws.Chance(days <= 365 ? keptWithinYear : keptLater) ? need : First(draws);

    /// <summary>Whether a need is recorded.</summary>
    internal bool IsRecorded(Draws draws, bool nfa, RecordedItems items) => draws.Chance(
        items == RecordedItems.NearlyAll ? truth.RecordedInSample : nfa ? truth.NeedRecordedNfa : truth.NeedRecorded);

    private static double Kept(double target, double same) => Math.Clamp((target - same) / (1 - same), 0, 1);
}
