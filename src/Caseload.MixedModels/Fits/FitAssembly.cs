using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Fits;

/// <summary>Carries the estimates back to the columns as they were given and fills in the fit.</summary>
internal sealed class FitAssembly(ModelFrame frame, Design design, BoundedDesign bounded, Estimates estimates)
{
    private const string Intercept = DesignColumn.InterceptName;

    internal MixedModelFit Complete(MixedModelFit draft)
    {
        var estimated = estimates.Design;
        var beta = estimated.ToOriginal(estimates.Point.AsSpan(0, estimated.Width));
        var covariance = Spread(estimated.ToOriginal(Leading(estimates.Covariance!, estimated.Width)));
        var place = Places();
        return draft with
        {
            LogLikelihood = estimates.Again.LogLikelihood + frame.Response.LogConstant(),
            FixedEffects = [.. design.Names.Select((name, i) =>
                new FixedEffect(name.Name, place[i] < 0 ? double.NaN : beta[place[i]], Math.Sqrt(covariance[i, i])))],
            Covariance = covariance,
            RandomEffects = frame.Group is null ? [] : [RandomIntercept(frame.Group.Name, estimates.Sigma, SigmaError())],
            ConditionalModes = Modes(),
            Converged = true,
            Singular = estimates.Singular,
            Trace = estimates.Optimum.Trace,
        };
    }

    internal static RandomEffect RandomIntercept(string group, double sigma, double error) =>
        new(group, [Intercept], [sigma], [error], [[sigma * sigma]]);

    private double SigmaError() =>
        estimates.Singular ? double.NaN : Math.Sqrt(estimates.Covariance![estimates.Design.Width, estimates.Design.Width]);

    // The group adds sigma b to the linear predictor; b has the conditional standard deviation 1 / sqrt(H). The sign of sigma is free.
    private ConditionalMode[] Modes() => frame.Group is null
        ? []
        : [.. frame.Group.Levels!.Select((level, group) => new ConditionalMode(frame.Group.Name, level, Intercept,
            estimates.Point[^1] * estimates.Again.Modes[group], estimates.Sigma / Math.Sqrt(estimates.Again.Precisions[group])))];

    // Where each of the fit's columns stands among those that were estimated; -1 where it has no finite estimate.
    private int[] Places()
    {
        var names = estimates.Design.Names.Select(n => n.Name).ToList();
        return [.. design.Names.Select(name => bounded.Unbounded.Contains(name.Name) ? -1 : names.IndexOf(name.Name))];
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
