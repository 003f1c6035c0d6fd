using System.Globalization;
using MathNet.Numerics.Distributions;

namespace Caseload.Simulation;

/// <summary>
/// Draws the authorities. Figures come from strata, one value from each, so that the published quantiles are met; their ranks are paired by
/// a normal copula.
/// </summary>
internal sealed class AuthorityDraws
{
    private const int ChildrenAnAuthority = 50;

    // One of them is left out of the model, and a variance between authorities needs two.
    private const int FewestAuthorities = 3;
    private const int FewestWithBrokenOne = 10;
    private const int LeastSize = 20;
    private const double LeastNfaShare = 0.001;

    // How far the figures alone may carry an authority, in parts of the way from the national share to the highest.
    private const double Roof = 0.75;
    private const double Floor = -1.3;
    private const int Rounds = 20;
    private static readonly double[] Points = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

    private readonly SimulationSettings settings;
    private readonly Truth truth;
    private readonly Draws draws;
    private readonly int count;

    private AuthorityDraws(SimulationSettings settings)
    {
        (this.settings, truth) = (settings, settings.Truth);
        draws = new Draws(settings.Seed, DrawStep.Authorities);
        count = Math.Clamp(settings.Children / ChildrenAnAuthority, FewestAuthorities, Truth.Authorities);
    }

    /// <summary>Draws the authorities of a simulation.</summary>
    internal static SimulatedAuthority[] DrawAll(SimulationSettings settings) => new AuthorityDraws(settings).Draw();

    private SimulatedAuthority[] Draw()
    {
        var (rates, cin) = Figures();
        var nfa = Strata(truth.NfaQuantiles);
        draws.Shuffle<double>(nfa);
        var weights = new double[count];
        for (var i = 0; i < count; i++) weights[i] = Math.Exp(truth.SizeDeviation * Normal.InvCDF(0, 1, (i + 0.5) / count));
        var median = weights[count / 2];
        draws.Shuffle<double>(weights);

        // The authority whose identifiers break is an average one otherwise, so that it moves the variance and hardly a slope.
        var broken = truth.BrokenRate > 0 && count >= FewestWithBrokenOne ? MostAverage(rates, cin) : -1;
        if (broken >= 0)
        {
            var other = Array.IndexOf(weights, median);
            (weights[broken], weights[other]) = (weights[other], weights[broken]);
        }

        var sizes = Apportionment.Of(weights, settings.Children, LeastSize);
        var unrecorded = count - 1;
        var eligible = Apportionment.Of([.. sizes.Select(s => (double)s)], settings.Scale(Truth.EligibleChildren));
        var complete = Apportionment.Of(
            [.. eligible.Select((e, i) => i == unrecorded ? 0.0 : e)],
            Math.Min(settings.Scale(Truth.ModelChildren), eligible.Sum() - eligible[unrecorded]));
        BoundFigures(rates, cin, sizes, broken);
        return [.. Enumerable.Range(0, count).Select(i => new SimulatedAuthority(
            i, (i + 1).ToString("000", CultureInfo.InvariantCulture), sizes[i], eligible[i], complete[i], rates[i], cin[i])
        {
            Figures = FigureEffect(rates[i], cin[i]),
            Residual = truth.AreaDeviation * draws.Normal(),
            Timing = truth.TimingDeviation * draws.Normal(),
            NfaLogOdds = Logistic.LogOdds(Math.Max(nfa[i], LeastNfaShare)),
            MakesSlips = draws.Chance(truth.SlipAuthorities),
            IsBroken = i == broken,
            IsUnrecorded = i == unrecorded,
        })];
    }

    private (double[] Rates, double[] Cin) Figures()
    {
        var (first, second) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            first[i] = draws.Normal();
            second[i] = (truth.AreaCorrelation * first[i])
                + (Math.Sqrt(1 - (truth.AreaCorrelation * truth.AreaCorrelation)) * draws.Normal());
        }

        return (ByRank(Strata(truth.RateQuantiles), first), ByRank(Strata(truth.CinQuantiles), second));
    }

    // One value from each of as many equal parts of the distribution as there are authorities, ascending, to one decimal.
    private double[] Strata(IReadOnlyList<double> quantiles)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            var p = (i + draws.Uniform()) / count;
            var q = 1;
            while (p > Points[q]) q++;
            var value = quantiles[q - 1] + ((p - Points[q - 1]) / (Points[q] - Points[q - 1]) * (quantiles[q] - quantiles[q - 1]));
            values[i] = quantiles[^1] < 1 ? value : Math.Round(value, 1, MidpointRounding.AwayFromZero);
        }

        return values;
    }

    private static double[] ByRank(double[] ascending, double[] keys)
    {
        var order = Enumerable.Range(0, keys.Length).OrderBy(i => keys[i]).ToArray();
        var cells = new double[keys.Length];
        for (var rank = 0; rank < order.Length; rank++) cells[order[rank]] = ascending[rank];
        return cells;
    }

    private int MostAverage(double[] rates, double[] cin) =>
        Enumerable.Range(0, count - 1).MinBy(i => Distance(rates[i], truth.RateQuantiles) + Distance(cin[i], truth.CinQuantiles));

    private static double Distance(double value, IReadOnlyList<double> quantiles) =>
        Math.Abs(value - quantiles[3]) / Math.Max(quantiles[4] - quantiles[2], 1e-9);

    private double FigureEffect(double rate, double cin)
    {
        var r = (rate - Models.ModelData.RateCentre) / Models.ModelData.RateUnit;
        var c = (cin - Models.ModelData.CinCentre) / Models.ModelData.CinUnit;
        return (truth.RateEffect * r) + (truth.CinEffect * c) + (truth.InteractionEffect * r * c);
    }

    // A straight interaction and the published maximum of 63% contradict each other where the highest rate meets the highest CIN per
    // social worker. Authorities exchange their CIN per social worker until no two figures alone carry one past the bounds; the
    // distributions of the two figures stay as they are. Where planted effects leave no such exchange the figures stand.
    private void BoundFigures(double[] rates, double[] cin, int[] sizes, int broken)
    {
        var way = Logistic.LogOdds(truth.HighestRate) - Logistic.LogOdds(truth.RereferredOfEligible);
        if (way <= 0) return;
        for (var round = 0; round < Rounds; round++)
        {
            var mean = Enumerable.Range(0, count).Sum(i => sizes[i] * FigureEffect(rates[i], cin[i])) / sizes.Sum();
            bool Fits(int i, double value) => FigureEffect(rates[i], value) - mean is var e && e <= Roof * way && e >= Floor * way;
            var isDone = true;
            for (var i = 0; i < count; i++)
            {
                if (i == broken || Fits(i, cin[i])) continue;
                isDone = false;
                var from = draws.Between(0, count - 1);
                for (var step = 0; step < count; step++)
                {
                    var j = (from + step) % count;
                    if (j == broken || j == i || !Fits(i, cin[j]) || !Fits(j, cin[i])) continue;
                    (cin[i], cin[j]) = (cin[j], cin[i]);
                    break;
                }
            }

            if (isDone) return;
        }
    }
}
