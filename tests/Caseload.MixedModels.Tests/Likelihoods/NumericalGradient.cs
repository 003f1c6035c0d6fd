namespace Caseload.MixedModels.Tests.Likelihoods;

/// <summary>Derivatives by central differences with Richardson's extrapolation: the error is of the fourth order in the step.</summary>
internal static class NumericalGradient
{
    /// <summary>The derivative by one parameter.</summary>
    internal static double Of(Func<double[], double> function, double[] point, int k, double step = 1e-4)
    {
        double Central(double h)
        {
            var (up, down) = ((double[])point.Clone(), (double[])point.Clone());
            up[k] += h;
            down[k] -= h;
            return (function(up) - function(down)) / (2 * h);
        }

        return (4 * Central(step) - Central(2 * step)) / 3;
    }
}
