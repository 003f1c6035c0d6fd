namespace Caseload.Simulation;

/// <summary>
/// Draws when the children who return first do so. In a year's weight are how much of the year a child can return in and how early the
/// children of the authority return; the national shares of the years are met by raking (Deming and Stephan 1940).
/// </summary>
internal sealed class TimingDraws
{
    // Returns come early: of a year after the referral a part u holds u^0.7 of those that return in it.
    private const double EarlyShape = 0.7;
    private const int MostRounds = 40;

    // Multiples of the golden section, less their whole parts, fill the way from 0 to 1 more evenly than random numbers; the children
    // stand in
    // random order, so that each year is drawn with its chance and the counts of the years come out nearly as raked.
    private const double GoldenSection = 0.6180339887498949;
    private const double Enough = 1e-5;

    // How much an authority with early returns gains in each year: within about 12 months all, later none.
    private static readonly double[] Tilt = [1, 0.5, 0, 0, 0, 0];

    private readonly SimulationSettings settings;
    private readonly SimulatedAuthority[] authorities;
    private readonly Children[] children;
    private readonly int[][] returning;
    private readonly double[][] weights;

    private TimingDraws(SimulationSettings settings, SimulatedAuthority[] authorities, Children[] children)
    {
        (this.settings, this.authorities, this.children) = (settings, authorities, children);
        returning = new int[authorities.Length][];
        weights = new double[authorities.Length][];
        Parallel.For(0, authorities.Length, a =>
        {
            var own = children[a];
            returning[a] = authorities[a].IsBroken ? [] : [.. Enumerable.Range(0, own.Count).Where(i => own.Returns[i])];
            weights[a] = new double[returning[a].Length * StudyYears.Count];
            var tilt = Tilt.Select(t => Math.Exp(t * authorities[a].Timing)).ToArray();
            for (var n = 0; n < returning[a].Length; n++)
            {
                for (var y = 0; y < StudyYears.Count; y++)
                    weights[a][(n * StudyYears.Count) + y] = tilt[y] * Room(own, returning[a][n], y);
            }
        });
    }

    /// <summary>Draws the days into the children.</summary>
    internal static void Draw(SimulationSettings settings, SimulatedAuthority[] authorities, Children[] children, BrokenPlan broken) =>
        new TimingDraws(settings, authorities, children).Draw(broken);

    private void Draw(BrokenPlan broken)
    {
        var seen = broken.Seen(true) + broken.Seen(false);
        var all = returning.Sum(r => r.Length) + seen;
        var shares = settings.Truth.FirstYearShares;
        var factors = Rake([.. shares.Select((s, y) => Math.Max(0, (s / shares.Sum() * all) - (y == 0 ? seen : 0)))]);
        Parallel.For(0, authorities.Length, a =>
        {
            var draws = new Draws(settings.Seed, DrawStep.Timing, a);
            var (chances, at) = (new double[StudyYears.Count], draws.Uniform());
            for (var n = 0; n < returning[a].Length; n++)
            {
                for (var y = 0; y < chances.Length; y++) chances[y] = factors[y] * weights[a][(n * StudyYears.Count) + y];
                children[a].FirstReturn[returning[a][n]] = DayIn(draws, children[a], returning[a][n], Draws.At(chances, at));
                at = (at + GoldenSection) % 1;
            }
        });
    }

    private double[] Rake(double[] targets)
    {
        var factors = targets.Select(t => t > 0 ? t : 0).ToArray();
        for (var round = 0; round < MostRounds; round++)
        {
            var found = Expected(factors);
            var worst = 0.0;
            for (var y = 0; y < factors.Length; y++)
            {
                if (found[y] <= 0) continue;
                worst = Math.Max(worst, Math.Abs(found[y] - targets[y]) / Math.Max(targets[y], 1));
                factors[y] *= targets[y] / found[y];
            }

            if (worst < Enough) break;
        }

        return factors;
    }

    private double[] Expected(double[] factors)
    {
        var sums = new double[authorities.Length][];
        Parallel.For(0, authorities.Length, a =>
        {
            var (own, sum) = (weights[a], new double[StudyYears.Count]);
            for (var at = 0; at < own.Length; at += StudyYears.Count)
            {
                var total = 0.0;
                for (var y = 0; y < StudyYears.Count; y++) total += factors[y] * own[at + y];
                for (var y = 0; y < StudyYears.Count; y++) sum[y] += factors[y] * own[at + y] / total;
            }

            sums[a] = sum;
        });
        return [.. Enumerable.Range(0, StudyYears.Count).Select(y => sums.Sum(s => s[y]))];
    }

    private static double Room(Children own, int child, int year)
    {
        var days = Math.Min(StudyYears.End(year), own.LastDay(child)) - Math.Max(StudyYears.Start(year) - 1, own.Referral[child]);
        return days <= 0 ? 0 : year == 0 ? Math.Pow(days / 365.0, EarlyShape) : days / 365.0;
    }

    private static int DayIn(Draws draws, Children own, int child, int year)
    {
        var last = Math.Min(StudyYears.End(year), own.LastDay(child));
        if (year > 0) return draws.Between(StudyYears.Start(year), last);
        var days = last - own.Referral[child];
        return own.Referral[child] + 1 + (int)(days * Math.Pow(draws.Uniform(), 1 / EarlyShape));
    }
}
