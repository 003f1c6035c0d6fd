using Caseload.Frames;

namespace Caseload.Benchmarks.Data;

/// <summary>
/// A cohort with the shape of the benchmark's: 90,209 children in 144 authorities of very different size, seven child covariates, two of
/// the authority, nine regions and 24 months; rows shuffled. Its numbers are drawn here, so they are not those of the shared file.
/// </summary>
internal static class CohortSimulator
{
    internal const int Authorities = 144;
    internal const int Children = 90_209;

    private const int Regions = 9;
    private const int Months = 24;
    private const int SmallestAuthority = 12;
    private const ulong Seed = 20260729;

    private static readonly string[] Names =
        ["la", "region", "cin10", "ref", "age", "female", "disabled", "nfa", "need", "eth", "source", "month", "y"];

    private static readonly double[] AgeEffects = [0, -.06, -.14, -.27];
    private static readonly double[] NeedEffects = [0, .22, -.08, .05, .17, -.12, -.35, -.20];
    private static readonly double[] EthnicityEffects = [0, .04, -.24, -.16, -.20];
    private static readonly double[] SourceEffects = [0, -.02, .06, .09];
    private static readonly double[] DisabledByAge = [.02, .05, .09, .11];

    /// <summary>Draws a cohort.</summary>
    /// <param name="multiple">How many times as many children in each authority.</param>
    internal static Frame Draw(int multiple = 1)
    {
        var draws = new Draws(Seed, (ulong)multiple);
        var areas = Area.Draw(draws);
        var months = draws.Normals(Months, .08);
        var sizes = Sizes(areas);
        var rows = sizes.Sum() * multiple;
        var columns = Names.Select(_ => new int[rows]).ToArray();
        var order = draws.Permutation(rows);
        var row = 0;
        for (var la = 0; la < Authorities; la++)
        {
            for (var child = 0; child < sizes[la] * multiple; child++)
            {
                var cells = Child(draws, areas[la], la, months);
                for (var i = 0; i < cells.Length; i++) columns[i][order[row]] = cells[i];
                row++;
            }
        }

        return new Frame(Names.Select((name, i) => new IntegerColumn(name, columns[i])));
    }

    private static int[] Child(Draws draws, Area area, int la, double[] months)
    {
        var age = draws.Category([.17, .26, .28, .29]);
        var female = draws.Bernoulli(.485);
        var disabled = draws.Bernoulli(DisabledByAge[age]);
        var nfa = draws.Bernoulli(area.NfaShare);
        var need = draws.Category([.40, .05, .04, .10, .19, .06, .02, .14]);
        if (disabled == 1 && draws.Uniform() < .35) need = 1;
        if (need == 6 && age < 2 && draws.Uniform() < .8) need = 0;
        var ethnicity = draws.Category(area.Ethnicities);
        var source = draws.Category([.31, .20, .16, .33]);
        var month = draws.Below(Months);
        var predictor = .20 + area.Effect + months[month] + AgeEffects[age] - .03 * female + .34 * disabled + (.19 + area.NfaSlope) * nfa
            + NeedEffects[need] + EthnicityEffects[ethnicity] + SourceEffects[source];
        return [la + 1, area.Region + 1, area.CinTenfold, area.Referrals, age + 1, female, disabled, nfa, need + 1, ethnicity + 1,
            source + 1, month + 1, draws.Bernoulli(1 / (1 + Math.Exp(-predictor)))];
    }

    private static int[] Sizes(Area[] areas)
    {
        var whole = areas.Sum(area => area.Weight);
        var sizes = areas.Select(area => Math.Max(SmallestAuthority, (int)(Children * area.Weight / whole))).ToArray();
        sizes[Array.IndexOf(sizes, sizes.Max())] += Children - sizes.Sum();
        return sizes;
    }

    private sealed record Area(
        int Region, double Weight, int CinTenfold, int Referrals, double Effect, double NfaShare, double NfaSlope, double[] Ethnicities)
    {
        internal static Area[] Draw(Draws draws)
        {
            var regions = draws.Normals(Regions, .10);
            var places = draws.Permutation(Authorities);
            return [.. places.Select(place => One(draws, place % Regions, regions))];
        }

        private static Area One(Draws draws, int region, double[] regions)
        {
            var cin = (int)Math.Round(10 * Math.Clamp(Math.Exp(draws.Normal(Math.Log(11), .38)), 5, 30));
            var referrals = (int)Math.Round(Math.Clamp(Math.Exp(draws.Normal(Math.Log(550), .42)), 150, 1500));
            var (c, r) = ((cin / 10.0 - 11) / 5, (referrals - 550) / 250.0);
            var share = Math.Log(.21 / .79) + draws.Normal(0, .5);
            return new Area(region, Math.Exp(draws.Normal(0, .75)), cin, referrals,
                .06 * c + .28 * r + .07 * c * r + draws.Normal(0, .31) + regions[region], 1 / (1 + Math.Exp(-share)), draws.Normal(0, .20),
                [.74 * Spread(draws), .07 * Spread(draws), .08 * Spread(draws), .07 * Spread(draws), .04 * Spread(draws)]);
        }

        private static double Spread(Draws draws) => Math.Exp(draws.Normal(0, .6));
    }
}
