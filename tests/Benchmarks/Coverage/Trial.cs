using Caseload.Benchmarks.Data;
using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;

namespace Caseload.Benchmarks.Coverage;

/// <summary>
/// One simulated data set and its fit: 144 groups of 100 rows, a covariate of the row, one of the group, and their product.
/// </summary>
internal static class Trial
{
    internal const int Groups = 144;
    internal const int Size = 100;
    internal const double Deviation = .4;
    internal const string Formula = "y ~ child * area + (1|group)";

    /// <summary>The coefficients that the data are drawn with, in the order of the fit.</summary>
    internal static readonly (string Term, double Value)[] Truth =
        [("(Intercept)", .2), ("child", .3), ("area", .25), ("child:area", .1)];

    /// <summary>Draws and fits data set number <paramref name="number"/>.</summary>
    internal static MixedModelFit Fit(int seed, int number, FitSettings settings) => MixedModel.Fit(Draw(seed, number), Formula, settings);

    private static Frame Draw(int seed, int number)
    {
        var draws = new Draws((ulong)seed, (ulong)number);
        const int rows = Groups * Size;
        var (y, child, area, group) = (new int[rows], new int[rows], new double[rows], new int[rows]);
        for (var row = 0; row < rows; row += Size)
        {
            var (z, u) = (draws.Normal(), draws.Normal(0, Deviation));
            for (var i = row; i < row + Size; i++)
            {
                var x = draws.Bernoulli(.3);
                var predictor = Truth[0].Value + Truth[1].Value * x + Truth[2].Value * z + Truth[3].Value * x * z + u;
                (y[i], child[i], area[i], group[i]) = (draws.Bernoulli(1 / (1 + Math.Exp(-predictor))), x, z, row / Size + 1);
            }
        }

        return new Frame([
            new IntegerColumn("y", y), new IntegerColumn("child", child), new NumberColumn("area", area),
            new IntegerColumn("group", group)]);
    }
}
