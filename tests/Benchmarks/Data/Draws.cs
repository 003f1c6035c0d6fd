namespace Caseload.Benchmarks.Data;

/// <summary>
/// Random draws that depend on a seed and a stream alone (SplitMix64: Steele, Lea and Flood 2014), so that anyone makes the same data and
/// data sets may be made in any order.
/// </summary>
internal sealed class Draws(ulong seed, ulong stream = 0)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong state = Mix(seed + Step) ^ Mix(stream * Step + 1);

    /// <summary>Uniform on [0, 1).</summary>
    internal double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Normal, by Box and Muller's transform.</summary>
    internal double Normal(double mean = 0, double deviation = 1) =>
        mean + deviation * Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>1 with the given probability, else 0.</summary>
    internal int Bernoulli(double probability) => Uniform() < probability ? 1 : 0;

    /// <summary>A whole number from 0, with chances in the proportion of the weights.</summary>
    internal int Category(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights) sum += weight;
        var left = Uniform() * sum;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0) return i;
        }

        return weights.Length - 1;
    }

    /// <summary>A whole number from 0 to below <paramref name="count"/>.</summary>
    internal int Below(int count) => (int)(Uniform() * count);

    /// <summary>Normal draws.</summary>
    internal double[] Normals(int count, double deviation)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = Normal(0, deviation);
        return values;
    }

    /// <summary>The whole numbers from 0 in random order.</summary>
    internal int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (var i = count - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private ulong Next() => Mix(state += Step);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
