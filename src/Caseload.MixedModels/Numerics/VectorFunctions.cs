using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Caseload.MixedModels.Numerics;

/// <summary>
/// Elementary functions of four numbers at once. The platform's own take two to five times as long, which is most of the time of a fit.
/// </summary>
internal static class VectorFunctions
{
    // Outside of these the result is 0 or infinite, or would pass through subnormal numbers.
    private const double LeastExponent = -708;
    private const double LargestExponent = 709.7;

    // Adding it to a number of moderate size rounds that to a whole number, which then stands in the lowest bits.
    private const double Rounder = 6755399441055744.0;

    // log(2) as a number whose product with any exponent is exact, and what is left.
    private const double LogTwoHigh = 6.93147180369123816490e-01;
    private const double LogTwoLow = 1.90821492927058770002e-10;

    // Above it log(1 + t) is taken as log(2) + log((1 + t) / 2): both ways the series' argument is then below 0.172.
    private const double Middle = 0.4142135623730950;

    /// <summary>
    /// exp(x), to about one unit in the last place; 0 below -708. With x = k log(2) + r and |r| at most log(2)/2, exp(r) comes from its
    /// series up to r^12/12!, and the exponent k is put in by its bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Exp(Vector256<double> x)
    {
        var rounder = Vector256.Create(Rounder);
        var shifted = Vector256.MultiplyAddEstimate(x, Vector256.Create(1.4426950408889634), rounder);
        var k = shifted - rounder;
        var r = Vector256.MultiplyAddEstimate(k, Vector256.Create(-LogTwoHigh), x);
        r = Vector256.MultiplyAddEstimate(k, Vector256.Create(-LogTwoLow), r);
        var sum = Next(Vector256.Create(1 / 479001600.0), r, 1 / 39916800.0);
        sum = Next(sum, r, 1 / 3628800.0);
        sum = Next(sum, r, 1 / 362880.0);
        sum = Next(sum, r, 1 / 40320.0);
        sum = Next(sum, r, 1 / 5040.0);
        sum = Next(sum, r, 1 / 720.0);
        sum = Next(sum, r, 1 / 120.0);
        sum = Next(sum, r, 1 / 24.0);
        sum = Next(sum, r, 1 / 6.0);
        sum = Next(sum, r, 0.5);
        sum = Next(sum, r, 1);
        sum = Next(sum, r, 1);
        var power = (sum.AsInt64() + Vector256.ShiftLeft(shifted.AsInt64(), 52)).AsDouble();
        power = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(LeastExponent)), Vector256<double>.Zero, power);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(LargestExponent)),
            Vector256.Create(double.PositiveInfinity), power);
    }

    /// <summary>
    /// log(1 + t) of t from 0 to 1, without cancellation: 2 artanh(s) with s = t/(2 + t), from the series s + s^3/3 + s^5/5 + ...
    /// (Abramowitz and Stegun 1964, 4.1.27).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> LogOnePlus(Vector256<double> t)
    {
        var (one, two) = (Vector256<double>.One, Vector256.Create(2.0));
        var isLarge = Vector256.GreaterThan(t, Vector256.Create(Middle));
        var s = Vector256.ConditionalSelect(isLarge, t - one, t) / (t + Vector256.ConditionalSelect(isLarge, Vector256.Create(3.0), two));
        var square = s * s;
        var sum = Next(Vector256.Create(1 / 23.0), square, 1 / 21.0);
        sum = Next(sum, square, 1 / 19.0);
        sum = Next(sum, square, 1 / 17.0);
        sum = Next(sum, square, 1 / 15.0);
        sum = Next(sum, square, 1 / 13.0);
        sum = Next(sum, square, 1 / 11.0);
        sum = Next(sum, square, 1 / 9.0);
        sum = Next(sum, square, 1 / 7.0);
        sum = Next(sum, square, 1 / 5.0);
        sum = Next(sum, square, 1 / 3.0);
        sum = Next(sum, square, 1);
        return Vector256.MultiplyAddEstimate(two * s, sum,
            Vector256.ConditionalSelect(isLarge, Vector256.Create(Math.Log(2)), Vector256<double>.Zero));
    }

    // A step of Horner's rule.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Next(Vector256<double> sum, Vector256<double> x, double coefficient) =>
        Vector256.MultiplyAddEstimate(sum, x, Vector256.Create(coefficient));
}
