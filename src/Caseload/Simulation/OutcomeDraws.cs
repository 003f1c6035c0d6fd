namespace Caseload.Simulation;

/// <summary>
/// Draws which children are re-referred by 31 March 2016. The intercept is solved after authorities and children are drawn, and the count
/// of
/// the eligible who return is met exactly; see <c>docs/simulation.md</c>.
/// </summary>
internal sealed class OutcomeDraws
{
    // In smaller authorities noise alone goes past the highest rate, and in smaller simulations rare needs would have one outcome only.
    private const int FewestForHighest = 300;
    private const int Spreads = 20;

    private readonly SimulationSettings settings;
    private readonly SimulatedAuthority[] authorities;
    private readonly Children[] children;
    private readonly BrokenPlan broken;
    private readonly double[][] effects;

    private OutcomeDraws(SimulationSettings settings, SimulatedAuthority[] authorities, Children[] children, BrokenPlan broken)
    {
        (this.settings, this.authorities, this.children, this.broken) = (settings, authorities, children, broken);
        effects = new double[authorities.Length][];
        Parallel.For(0, authorities.Length, a =>
        {
            effects[a] = new double[children[a].Count];
            for (var i = 0; i < children[a].Count; i++) effects[a][i] = children[a].Effect(i, settings.Truth) + authorities[a].Effect;
        });
    }

    /// <summary>Draws the outcomes into the children.</summary>
    internal static void Draw(SimulationSettings settings, SimulatedAuthority[] authorities, Children[] children, BrokenPlan broken)
    {
        var outcomes = new OutcomeDraws(settings, authorities, children, broken);
        outcomes.DrawAgedOut();
        if (settings.IsApportioned) outcomes.DrawApportioned();
        else outcomes.DrawByAuthority();
    }

    private void DrawAgedOut()
    {
        var target = Target(settings.Truth.RereferredOfAgedOut, eligible: false);
        var shift = Shift(target, eligible: false);
        var at = new Draws(settings.Seed, DrawStep.Outcomes, authorities.Length).Uniform();
        for (var a = 0; a < authorities.Length; a++)
        {
            for (var i = 0; i < children[a].Count; i++)
            {
                if (!authorities[a].IsBroken & !children[a].Eligible[i])
                    children[a].Returns[i] = Step(ref at, Logistic.Of(effects[a][i] + shift));
            }
        }
    }

    private void DrawByAuthority()
    {
        var target = Target(settings.Truth.RereferredOfEligible, eligible: true);
        var shift = Shift(target, eligible: true);
        var counts = Counts(shift, target);
        Parallel.For(0, authorities.Length, a =>
        {
            if (authorities[a].IsBroken) return;
            var own = Eligible(a);
            var exact = counts[a] <= 0 || counts[a] >= own.Length ? shift
                : Logistic.Shift(at => Logistic.Sum(own, at), counts[a], shift);
            var start = new Draws(settings.Seed, DrawStep.Outcomes, a).Uniform();
            for (var i = 0; i < children[a].Count; i++)
            {
                if (children[a].Eligible[i])
                    children[a].Returns[i] = counts[a] > 0 && Step(ref start, Logistic.Of(effects[a][i] + exact));
            }
        });
    }

    // The count of each authority: what is expected, with the noise of independent children; none past the highest rate, one at it; what is
    // missing to the national count is spread over the others by size.
    private int[] Counts(double shift, int target)
    {
        var expected = new double[authorities.Length];
        var noise = new double[authorities.Length];
        Parallel.For(0, authorities.Length, a =>
        {
            if (authorities[a].IsBroken) return;
            (expected[a], var variance) = Logistic.Sum(Eligible(a), shift);
            noise[a] = Math.Sqrt(variance);
        });
        var draws = new Draws(settings.Seed, DrawStep.Outcomes, authorities.Length + 1);
        var counts = new int[authorities.Length];
        for (var a = 0; a < counts.Length; a++)
        {
            var drawn = (int)Math.Round(expected[a] + (noise[a] * draws.Normal()));
            counts[a] = authorities[a].IsBroken ? 0 : Math.Clamp(drawn, 0, authorities[a].Eligible);
        }

        var highest = HighestCounts();
        var isFixed = new bool[counts.Length];
        for (var a = 0; a < counts.Length; a++) isFixed[a] = authorities[a].IsBroken;
        LiftOne(counts, highest, isFixed);
        for (var i = 0; i < Spreads; i++)
        {
            for (var a = 0; a < counts.Length; a++)
            {
                if (counts[a] < highest[a]) continue;
                (counts[a], isFixed[a]) = (highest[a], true);
            }

            var missing = target - counts.Sum();
            if (missing == 0) break;
            var parts = Apportionment.Of([.. authorities.Select(a => isFixed[a.Index] ? 0.0 : a.Eligible)], Math.Abs(missing));
            for (var a = 0; a < counts.Length; a++)
                counts[a] = Math.Clamp(counts[a] + (Math.Sign(missing) * parts[a]), 0, authorities[a].Eligible);
        }

        return counts;
    }

    // The most children that may return in each authority. Where its figures alone go past the highest rate, the figures stand.
    private int[] HighestCounts()
    {
        var truth = settings.Truth;
        var mean = authorities.Sum(a => a.Figures * a.Eligible) / authorities.Sum(a => (double)a.Eligible);
        var way = Logistic.LogOdds(truth.HighestRate) - Logistic.LogOdds(truth.RereferredOfEligible);
        return [.. authorities.Select(a => a.Eligible >= FewestForHighest && way > 0 && a.Figures - mean < way
            ? (int)Math.Round(truth.HighestRate * a.Eligible)
            : int.MaxValue)];
    }

    private void LiftOne(int[] counts, int[] highest, bool[] isFixed)
    {
        var bounded = authorities.Where(a => !a.IsBroken && highest[a.Index] < int.MaxValue).ToArray();
        if (bounded.Length < authorities.Length / 2 || bounded.Any(a => counts[a.Index] >= highest[a.Index])) return;
        var top = bounded.MaxBy(a => (double)counts[a.Index] / a.Eligible)!.Index;
        (counts[top], isFixed[top]) = (highest[top], true);
    }

    // One pass over all authorities in the order of the needs: of any few children with the same need some return and some do not.
    private void DrawApportioned()
    {
        var shift = Shift(Target(settings.Truth.RereferredOfEligible, eligible: true), eligible: true);
        var draws = new Draws(settings.Seed, DrawStep.Outcomes);
        (int A, int I)[] units =
        [
            .. authorities.Where(a => !a.IsBroken).SelectMany(a => Enumerable.Range(0, children[a.Index].Count)
                .Where(i => children[a.Index].Eligible[i]).Select(i => (a.Index, i))),
        ];
        draws.Shuffle<(int A, int I)>(units);
        var at = draws.Uniform();
        foreach (var (a, i) in units.OrderBy(u => children[u.A].Complete[u.I] ? children[u.A].Need[u.I] : CensusCodes.NeedNotStated))
            children[a].Returns[i] = Step(ref at, Logistic.Of(effects[a][i] + shift));
    }

    private double[] Eligible(int a)
    {
        var own = new double[authorities[a].Eligible];
        for (int i = 0, next = 0; i < children[a].Count; i++)
        {
            if (children[a].Eligible[i]) own[next++] = effects[a][i];
        }

        return own;
    }

    private int Target(double share, bool eligible)
    {
        var all = authorities.Sum(a => eligible ? a.Eligible : a.Children - a.Eligible);
        return (int)Math.Round(share * all, MidpointRounding.AwayFromZero) - broken.Seen(eligible);
    }

    private double Shift(int target, bool eligible)
    {
        var share = eligible ? settings.Truth.RereferredOfEligible : settings.Truth.RereferredOfAgedOut;
        return Logistic.Shift(
            at =>
            {
                var sums = new (double Sum, double Slope)[authorities.Length];
                Parallel.For(0, authorities.Length, a =>
                {
                    if (authorities[a].IsBroken) return;
                    var (sum, slope) = (0.0, 0.0);
                    for (var i = 0; i < children[a].Count; i++)
                    {
                        if (children[a].Eligible[i] != eligible) continue;
                        var p = Logistic.Of(effects[a][i] + at);
                        sum += p;
                        slope += p * (1 - p);
                    }

                    sums[a] = (sum, slope);
                });
                return (sums.Sum(s => s.Sum), sums.Sum(s => s.Slope));
            },
            Math.Max(target, 0.5), Logistic.LogOdds(share));
    }

    // Systematic sampling: as many are taken as the chances add up to, each with its chance.
    private static bool Step(ref double at, double chance)
    {
        at += chance;
        if (at < 1) return false;
        at -= 1;
        return true;
    }
}
