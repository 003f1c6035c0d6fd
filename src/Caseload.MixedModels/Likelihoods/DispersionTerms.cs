namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The part of a negative binomial log-likelihood that depends on the counts y and the dispersion d alone: the sum of weight times
/// lgamma(y + d) - lgamma(d) - y log d = log(1) + log(1 + 1/d) + ... + log(1 + (y - 1)/d), with its derivatives by kappa = log d.
/// It tends to 0 as d grows.
/// </summary>
/// <param name="histogram">The distinct counts, ascending, with the sum of the weights of each.</param>
internal sealed class DispersionTerms(IReadOnlyList<(double Count, double Weight)> histogram)
{
    // So many logarithms are added up one by one; those of larger counts come from Stirling's series at arguments above this, where it is
    // exact to rounding.
    private const int Few = 10;

    /// <summary>The mean count.</summary>
    internal double MeanCount { get; } =
        histogram.Sum(count => count.Weight * count.Count) / histogram.Sum(count => count.Weight);

    /// <summary>The sum of weight times the square of the count.</summary>
    internal double SumOfSquares { get; } = histogram.Sum(count => count.Weight * count.Count * count.Count);

    /// <summary>The sum and its first and second derivative by kappa.</summary>
    internal (double Value, double Slope, double Curve) At(double kappa)
    {
        var d = Math.Exp(kappa);
        var (value, slope, curve) = (0.0, 0.0, 0.0);
        var (few, fewSlope, fewCurve, next) = (0.0, 0.0, 0.0, 0);
        foreach (var (count, weight) in histogram)
        {
            for (; next < Math.Min(count, Few); next++)
            {
                var share = next / (d + next);
                (few, fewSlope, fewCurve) = (few + StableFunctions.LogOnePlus(next / d), fewSlope - share, fewCurve + share * (1 - share));
            }

            var many = count > Few ? Beyond(d, count - Few) : default;
            value += weight * (few + many.Value);
            slope += weight * (fewSlope + many.Slope);
            curve += weight * (fewCurve + many.Curve);
        }

        return (value, slope, curve);
    }

    // The sum of log(1 + j/d) over j from Few to Few + rest - 1, with x = d + Few: lgamma(x + rest) - lgamma(x) - rest log d. The
    // derivatives are the sums of -j/(d + j) = -1 + d/(d + j) and of d/(d + j) - d^2/(d + j)^2.
    private static (double Value, double Slope, double Curve) Beyond(double d, double rest)
    {
        var (x, y) = (d + Few, d + Few + rest);
        var log = StableFunctions.LogOnePlus(rest / x);
        var (atX, atY) = (Series(x), Series(y));
        var value = (y - 0.5) * log + rest * StableFunctions.LogOnePlus(Few / d) - rest + atY.Value - atX.Value;
        var first = d * (log + 0.5 * rest / (x * y) + atY.Slope - atX.Slope);
        var second = d * d * (-rest / (x * y) + 0.5 * (1 / (y * y) - 1 / (x * x)) + atY.Curve - atX.Curve);
        return (value, first - rest, first + second);
    }

    // The series of lgamma(x) - (x - 1/2) log x + x - log(2 pi)/2 and its first two derivatives (Abramowitz and Stegun 1964, 6.1.41).
    private static (double Value, double Slope, double Curve) Series(double x)
    {
        ReadOnlySpan<double> coefficients = [1 / 12.0, -1 / 360.0, 1 / 1260.0, -1 / 1680.0, 1 / 1188.0, -691 / 360360.0, 1 / 156.0];
        var (value, slope, curve, power) = (0.0, 0.0, 0.0, 1 / x);
        for (var k = 0; k < coefficients.Length; k++, power /= x * x)
        {
            var (term, order) = (coefficients[k] * power, 2 * k + 1);
            (value, slope, curve) = (value + term, slope - order * term / x, curve + order * (order + 1) * term / (x * x));
        }

        return (value, slope, curve);
    }
}
