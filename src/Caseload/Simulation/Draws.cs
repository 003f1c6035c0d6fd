namespace Caseload.Simulation;

/// <summary>Random draws that the simulation needs, from one seeded stream.</summary>
internal sealed class Draws(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>A number from 0 to 1.</summary>
    internal double Uniform() => random.NextDouble();

    /// <summary>True with a chance.</summary>
    internal bool Chance(double p) => random.NextDouble() < p;

    /// <summary>A whole number from a first to a last one, both included.</summary>
    internal int Between(int first, int last) => random.Next(first, last + 1);

    /// <summary>A standard normal number (Box and Muller 1958).</summary>
    internal double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A place in a list of shares, each drawn with its share.</summary>
    internal int Among(IReadOnlyList<double> shares)
    {
        var at = random.NextDouble() * shares.Sum();
        for (var i = 0; i < shares.Count - 1; i++)
        {
            at -= shares[i];
            if (at < 0) return i;
        }

        return shares.Count - 1;
    }

    /// <summary>
    /// A number from a distribution given by its minimum, 5, 25, 50, 75 and 95 % points and maximum; straight lines between.
    /// </summary>
    internal double FromQuantiles(IReadOnlyList<double> quantiles)
    {
        ReadOnlySpan<double> points = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];
        var p = random.NextDouble();
        var i = 1;
        while (p > points[i]) i++;
        return quantiles[i - 1] + ((p - points[i - 1]) / (points[i] - points[i - 1]) * (quantiles[i] - quantiles[i - 1]));
    }

    /// <summary>Exactly so many true among flags, at random places.</summary>
    internal bool[] Exactly(int count, int of)
    {
        var flags = new bool[of];
        Array.Fill(flags, true, 0, count);
        random.Shuffle(flags);
        return flags;
    }

    /// <summary>Picks exactly so many of a list, in their order.</summary>
    internal int[] Pick(int count, int[] from)
    {
        var picked = (int[])from.Clone();
        random.Shuffle(picked);
        picked = picked[..count];
        Array.Sort(picked);
        return picked;
    }
}
