using Caseload.MixedModels;
using Caseload.MixedModels.Fits;

namespace Caseload.Effects;

/// <summary>An authority in the funnel.</summary>
/// <param name="Authority">The authority's code.</param>
/// <param name="Expected">How many re-referred children its children and its figures let expect, averaged over authorities.</param>
/// <param name="Ratio">Observed over expected.</param>
/// <param name="Z">How far the ratio lies from 1, in standard deviations by chance and over-dispersion.</param>
public sealed record FunnelAuthority(string Authority, double Expected, double Ratio, double Z);

/// <summary>The limits of the funnel at an expected number.</summary>
/// <param name="Expected">The expected number.</param>
/// <param name="Inner">What 95% of authorities that differ by chance alone stay within, to either side of 1.</param>
/// <param name="Outer">The same for 99.8%.</param>
public sealed record FunnelLimit(double Expected, double Inner, double Outer);

/// <summary>
/// Observed over expected re-referrals of each authority, with funnel limits that allow for the differences that authorities have as a rule
/// (Spiegelhalter 2005, additive over-dispersion).
/// </summary>
/// <param name="Authorities">The authorities, by their expected number.</param>
/// <param name="Limits">The limits along the expected number.</param>
/// <param name="Dispersion">The mean squared deviation, the outer tenths drawn in: about 0.68 where authorities differ by chance
/// alone.</param>
public sealed record AuthorityFunnel(
    IReadOnlyList<FunnelAuthority> Authorities, IReadOnlyList<FunnelLimit> Limits, double Dispersion)
{
    private const double Quantile999 = 3.090232306167814;
    private const int Points = 60;

    /// <summary>No authorities: of a model that has not every estimate.</summary>
    public static AuthorityFunnel Empty { get; } = new([], [], double.NaN);

    /// <summary>The funnel of a model.</summary>
    /// <param name="fit">A model with one random intercept for the authority.</param>
    public static AuthorityFunnel Of(MixedModelFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Obstacle is not null) return Empty;
        var funnel = fit.Funnel();

        // By chance a ratio has the variance c / expected; c hardly differs between authorities, whose children are much alike.
        var chance = funnel.Rows.Sum(row => Math.Pow(row.Deviation * row.Expected, 2)) / funnel.Rows.Sum(row => row.Expected);
        var (least, most) = (funnel.Rows[0].Expected, funnel.Rows[^1].Expected);
        FunnelLimit At(double expected)
        {
            var spread = Math.Sqrt((chance / expected) + funnel.Variance);
            return new FunnelLimit(expected, Descriptives.Normal.Quantile975 * spread, Quantile999 * spread);
        }

        return new AuthorityFunnel(
            [.. funnel.Rows.Select(row => new FunnelAuthority(row.Level, row.Expected, row.Ratio, row.Z))],
            [.. Enumerable.Range(0, Points).Select(i => At(least * Math.Pow(most / least, i / (Points - 1.0))))],
            funnel.Factor);
    }
}
