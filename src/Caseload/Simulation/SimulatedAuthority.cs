using System.Globalization;
using Caseload.Areas;

namespace Caseload.Simulation;

/// <summary>An authority that does not exist: its figures and its effect are drawn.</summary>
/// <param name="Code">Three digits from 001 on; no real authority has such a code.</param>
/// <param name="Children">How many children of the cohort it has.</param>
/// <param name="Rate">Referrals per 10,000 children.</param>
/// <param name="Cin">CIN per social worker.</param>
/// <param name="Effect">What its figures and its own effect add to the log-odds of re-referral.</param>
internal sealed record SimulatedAuthority(string Code, int Children, double Rate, double Cin, double Effect)
{
    private const double SizeDeviation = 0.65;

    /// <summary>The row of the area table.</summary>
    internal Area ToArea(int year) =>
        new(Code, "Simulated authority " + Code, null, Rate, Cin, year) { SourceKind = AreaSourceKind.Simulated };

    /// <summary>Draws the authorities; their sizes add up to the children asked for.</summary>
    internal static SimulatedAuthority[] DrawAll(Draws draws, Truth truth, int authorities, int children)
    {
        var weights = new double[authorities];
        for (var i = 0; i < authorities; i++) weights[i] = Math.Exp(SizeDeviation * draws.Normal());
        var sizes = Apportion(weights, children);
        return [.. Enumerable.Range(0, authorities).Select(i => Draw(draws, truth, i, sizes[i]))];
    }

    private static SimulatedAuthority Draw(Draws draws, Truth truth, int i, int children)
    {
        var rate = Math.Round(draws.FromQuantiles(truth.RateQuantiles), 1, MidpointRounding.AwayFromZero);
        var cin = Math.Round(draws.FromQuantiles(truth.CinQuantiles), 1, MidpointRounding.AwayFromZero);
        var (rateUnits, cinUnits) = ((rate - 550) / 250, (cin - 10) / 5);
        var effect = (truth.RateEffect * rateUnits) + (truth.CinEffect * cinUnits) + (truth.InteractionEffect * rateUnits * cinUnits)
            + (truth.AreaDeviation * draws.Normal());
        return new SimulatedAuthority((i + 1).ToString("000", CultureInfo.InvariantCulture), children, rate, cin, effect);
    }

    // Largest remainders: the sizes follow the weights as closely as whole children allow, and each authority has one child at least.
    private static int[] Apportion(double[] weights, int children)
    {
        var spare = children - weights.Length;
        var total = weights.Sum();
        var exact = weights.Select(w => w / total * spare).ToArray();
        var sizes = exact.Select(e => 1 + (int)e).ToArray();
        foreach (var i in Enumerable.Range(0, weights.Length)
            .OrderByDescending(i => exact[i] - Math.Floor(exact[i])).ThenBy(i => i).Take(children - sizes.Sum()))
        {
            sizes[i]++;
        }

        return sizes;
    }
}
