using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Fits;

/// <summary>Carries the estimates back to the columns as they were given and fills in the fit.</summary>
internal sealed class FitAssembly(ModelFrame frame, Design design, IReadOnlySet<string> unbounded, Estimates estimates)
{
    internal MixedModelFit Complete(MixedModelFit draft)
    {
        var estimated = estimates.Design;
        var beta = estimated.ToOriginal(estimates.Beta);
        var covariance = Spread(estimated.ToOriginal(Leading(estimates.BetaCovariance!, estimated.Width)));
        var place = Places();
        return draft with
        {
            LogLikelihood = estimates.Again.LogLikelihood + frame.Response.LogConstant(),
            FixedEffects = [.. design.Names.Select((name, i) =>
                new FixedEffect(name.Name, place[i] < 0 ? double.NaN : beta[place[i]], Math.Sqrt(covariance[i, i])))],
            Covariance = covariance,
            RandomEffects = estimates.Random.Effects,
            ConditionalModes = estimates.Random.Modes,
            ResidualStandardDeviation = estimates.ResidualStandardDeviation,
            Dispersion = estimates.Dispersion,
            Converged = true,
            Singular = estimates.Singular.Count > 0,
            Trace = estimates.Optimum.Trace,
        };
    }

    // Where each of the fit's columns stands among those that were estimated; -1 where it has no finite estimate.
    private int[] Places()
    {
        var names = estimates.Design.Names.Select(n => n.Name).ToList();
        return [.. design.Names.Select(name => unbounded.Contains(name.Name) ? -1 : names.IndexOf(name.Name))];
    }

    private double[,] Spread(double[,] covariance)
    {
        var place = Places();
        var spread = new double[place.Length, place.Length];
        for (var row = 0; row < place.Length; row++)
        {
            for (var column = 0; column < place.Length; column++)
                spread[row, column] = place[row] < 0 || place[column] < 0 ? double.NaN : covariance[place[row], place[column]];
        }

        return spread;
    }

    private static double[,] Leading(double[,] matrix, int size)
    {
        var block = new double[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++) block[row, column] = matrix[row, column];
        }

        return block;
    }
}
