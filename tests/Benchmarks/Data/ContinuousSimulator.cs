using Caseload.Frames;

namespace Caseload.Benchmarks.Data;

/// <summary>
/// Rows of which no two are alike: as many children, authorities and fixed effects as in the cohort, every child covariate a continuous
/// number and <c>z</c> that of the authority.
/// </summary>
internal static class ContinuousSimulator
{
    internal const int Covariates = 22;

    private const ulong Seed = 20260730;

    internal static Frame Draw()
    {
        const int rows = CohortSimulator.Children;
        var draws = new Draws(Seed);
        var effects = draws.Normals(Covariates, .15);
        var areas = Enumerable.Range(0, CohortSimulator.Authorities).Select(_ => (Z: draws.Normal(), U: draws.Normal(0, .4))).ToArray();
        var covariates = Enumerable.Range(0, Covariates).Select(_ => draws.Normals(rows, 1)).ToArray();
        var (la, z, y) = (new int[rows], new double[rows], new int[rows]);
        for (var row = 0; row < rows; row++)
        {
            var area = draws.Below(areas.Length);
            var predictor = .2 + .2 * areas[area].Z + areas[area].U;
            for (var i = 0; i < Covariates; i++) predictor += effects[i] * covariates[i][row];
            (la[row], z[row], y[row]) = (area + 1, areas[area].Z, draws.Bernoulli(1 / (1 + Math.Exp(-predictor))));
        }

        return new Frame([
            new IntegerColumn("y", y), new IntegerColumn("la", la), new NumberColumn("z", z),
            .. covariates.Select((values, i) => new NumberColumn($"x{i + 1}", values))]);
    }
}
