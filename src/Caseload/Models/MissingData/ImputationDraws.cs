namespace Caseload.Models.MissingData;

/// <summary>
/// Random draws that depend on a seed and a stream alone (SplitMix64: Steele, Lea and Flood 2014): every imputation has a stream of its
/// own, so they may be made in any order and on any number of processors.
/// </summary>
internal sealed class ImputationDraws(int seed, int stream)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong state = Mix((ulong)seed + Step) ^ Mix((ulong)stream * Step + 1);

    /// <summary>Uniform on [0, 1).</summary>
    internal double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    internal double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>How many of some children have what each has with a chance: one draw a child, which is exact.</summary>
    internal int Binomial(int count, double chance)
    {
        var hits = 0;
        for (var i = 0; i < count; i++)
        {
            if (Uniform() < chance) hits++;
        }

        return hits;
    }

    private ulong Next() => Mix(state += Step);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
