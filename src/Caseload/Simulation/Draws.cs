using System.Numerics;

namespace Caseload.Simulation;

/// <summary>What a stream of random numbers is for: each step of an authority has a stream of its own.</summary>
internal enum DrawStep
{
    /// <summary>Figures and effects of the authorities.</summary>
    Authorities,

    /// <summary>The children of an authority.</summary>
    Children,

    /// <summary>Which of them return.</summary>
    Outcomes,

    /// <summary>When they first return.</summary>
    Timing,

    /// <summary>What happens to their cases.</summary>
    Courses,

    /// <summary>What goes wrong when a return is written.</summary>
    Slips,
}

/// <summary>
/// Random draws that the simulation needs: xoshiro256++ (Blackman and Vigna 2021), seeded through SplitMix64. The stream follows from seed,
/// step and authority alone, so that authorities can be drawn side by side and the result does not depend on the number of processors.
/// </summary>
internal sealed class Draws
{
    private ulong a, b, c, d;

    internal Draws(int seed, DrawStep step, int stream = 0)
    {
        var state = ((ulong)(uint)seed << 32) ^ ((ulong)(uint)step << 24) ^ (uint)stream;
        (a, b, c, d) = (Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state));
    }

    /// <summary>A number from 0 up to 1, which it never reaches.</summary>
    internal double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with a chance.</summary>
    internal bool Chance(double p) => Uniform() < p;

    /// <summary>A whole number from a first to a last one, both included.</summary>
    internal int Between(int first, int last) => first + (int)(Uniform() * ((long)last - first + 1));

    /// <summary>A standard normal number (Box and Muller 1958).</summary>
    internal double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>A place in a list of shares, each drawn with its share.</summary>
    internal int Among(double[] shares) => At(shares, Uniform());

    /// <summary>The place in a list of shares at which a number from 0 to 1 falls.</summary>
    internal static int At(double[] shares, double number)
    {
        var sum = 0.0;
        foreach (var share in shares) sum += share;
        var at = number * sum;
        for (var i = 0; i < shares.Length - 1; i++)
        {
            at -= shares[i];
            if (at < 0) return i;
        }

        return shares.Length - 1;
    }

    /// <summary>Puts cells into a random order (Fisher and Yates).</summary>
    internal void Shuffle<T>(Span<T> cells)
    {
        for (var i = cells.Length - 1; i > 0; i--)
        {
            var j = Between(0, i);
            (cells[i], cells[j]) = (cells[j], cells[i]);
        }
    }

    private ulong Next()
    {
        var result = BitOperations.RotateLeft(a + d, 23) + a;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    private static ulong Mix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
