namespace Caseload.Simulation;

/// <summary>
/// The chance of no further action by authority: authorities differ as published, and the national shares are met. For each kind of
/// referral one shift of the authorities' log-odds is solved, so that their mean over the children is the share asked for.
/// </summary>
internal sealed class NfaChances
{
    private readonly double[] first;
    private readonly double[][] later;

    internal NfaChances(SimulatedAuthority[] authorities, Truth truth)
    {
        first = Solve(authorities, truth.NfaAtFirstReferral);
        later = [.. truth.NfaAtRereferral.Select(share => Solve(authorities, share))];
    }

    /// <summary>The chance at a first referral.</summary>
    internal double First(SimulatedAuthority authority) => first[authority.Index];

    /// <summary>The chance at a re-referral of a year.</summary>
    internal double Later(SimulatedAuthority authority, int year) => later[year][authority.Index];

    private static double[] Solve(SimulatedAuthority[] authorities, double share)
    {
        var children = authorities.Sum(a => (double)a.Children);
        var shift = Logistic.Shift(
            at =>
            {
                var (sum, slope) = (0.0, 0.0);
                foreach (var a in authorities)
                {
                    var p = Logistic.Of(a.NfaLogOdds + at);
                    sum += a.Children * p;
                    slope += a.Children * p * (1 - p);
                }

                return (sum, slope);
            },
            share * children);
        return [.. authorities.Select(a => Logistic.Of(a.NfaLogOdds + shift))];
    }
}
