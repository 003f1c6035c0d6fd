namespace Caseload.MixedModels.Tests;

/// <summary>Numerical derivatives to hold exact ones against.</summary>
internal static class Differences
{
    /// <summary>Central differences with Richardson's extrapolation: the error is of the fourth order in the step.</summary>
    internal static double First(double[] point, int k, double step, Func<double[], double> function)
    {
        return (4 * Central(step) - Central(2 * step)) / 3;

        double Central(double h)
        {
            var (up, down) = ((double[])point.Clone(), (double[])point.Clone());
            up[k] += h;
            down[k] -= h;
            return (function(up) - function(down)) / (2 * h);
        }
    }
}
