namespace Caseload.MixedModels.Inference.Resampling;

/// <summary>
/// Random draws that depend on a seed and the number of a stream alone (SplitMix64: Steele, Lea and Flood 2014), so that replicates may be
/// made in any order and on any number of processors.
/// </summary>
/// <param name="seed">The seed of all streams.</param>
/// <param name="stream">The number of this one.</param>
internal sealed class RandomStream(long seed, long stream)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    // Above this counts are drawn by halving their mean or number, which takes a few gamma draws instead of one uniform draw each.
    private const int Many = 16;

    private ulong state = Mix(Mix((ulong)seed + Step) + Mix((ulong)stream * Step + 1));

    /// <summary>Uniform on [0, 1).</summary>
    internal double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>1 with a probability, else 0.</summary>
    internal double Bernoulli(double probability) => Convert.ToInt32(Uniform() < probability);

    /// <summary>Standard normal, by the transform of Box and Muller (1958).</summary>
    internal double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Gamma of a shape and the scale 1 (Marsaglia and Tsang 2000).</summary>
    internal double Gamma(double shape)
    {
        if (shape < 1) return Gamma(shape + 1) * Math.Pow(1 - Uniform(), 1 / shape);
        var d = shape - 1 / 3.0;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var z = Normal();
            var v = Math.Pow(1 + c * z, 3);
            if (v > 0 && Math.Log(1 - Uniform()) < z * z / 2 + d - d * v + d * Math.Log(v)) return d * v;
        }
    }

    /// <summary>
    /// Successes of some trials: one by one, of many by the order statistic in their middle, which leaves half of them (Ahrens and Dieter
    /// 1974).
    /// </summary>
    internal double Binomial(double trials, double probability)
    {
        var successes = 0.0;
        while (trials > Many)
        {
            var middle = Math.Floor(trials / 2) + 1;
            var (below, above) = (Gamma(middle), Gamma(trials + 1 - middle));
            var value = below / (below + above);
            if (value <= probability)
                (successes, trials, probability) = (successes + middle, trials - middle, (probability - value) / (1 - value));
            else (trials, probability) = (middle - 1, probability / value);
        }

        for (var trial = 0; trial < trials; trial++) successes += Uniform() < probability ? 1 : 0;
        return successes;
    }

    /// <summary>
    /// A Poisson count: the events before a time, of many by the time of one of them, which leaves few (Ahrens and Dieter 1974).
    /// </summary>
    internal double Poisson(double mean)
    {
        var count = 0.0;
        while (mean > Many)
        {
            var events = Math.Floor(mean * 7 / 8);
            var time = Gamma(events);
            if (time > mean) return count + Binomial(events - 1, mean / time);
            (count, mean) = (count + events, mean - time);
        }

        var (product, least) = (Uniform(), Math.Exp(-mean));
        for (; product > least; product *= Uniform()) count++;
        return count;
    }

    private ulong Next() => Mix(state += Step);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
