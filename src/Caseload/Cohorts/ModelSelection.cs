namespace Caseload.Cohorts;

/// <summary>Which of the children who could be modelled are.</summary>
public enum ModelChoice
{
    /// <summary>Every eligible child with all covariates. Default.</summary>
    CompleteCases,

    /// <summary>A sample of them, as large as a share of the eligible children.</summary>
    Sample,
}

/// <summary>
/// Which children enter the model. The report gives 90,209 of 366,196 and no reason: complete cases and a one-in-four sample are both
/// possible, and both can be had.
/// </summary>
public sealed record ModelSelection
{
    /// <summary>The published share: 90,209 of 366,196.</summary>
    public const double PublishedShare = 90209.0 / 366196.0;

    /// <summary>Complete cases, or a sample of them.</summary>
    public ModelChoice Choice { get; init; } = ModelChoice.CompleteCases;

    /// <summary>The size of the sample as a share of the eligible children, above 0 and at most 1. Default: the published share.</summary>
    public double Share { get; init; } = PublishedShare;

    /// <summary>The seed of the draw. Default: 20170701, the month of the report.</summary>
    public int Seed { get; init; } = 20170701;

    /// <summary>
    /// The number of children drawn: the share of the eligible ones, rounded half away from zero, or all candidates where they are fewer.
    /// </summary>
    /// <param name="eligible">Eligible children.</param>
    /// <param name="candidates">Eligible children with all covariates.</param>
    public int Size(int eligible, int candidates) =>
        Math.Min(candidates, (int)Math.Round(Share * eligible, MidpointRounding.AwayFromZero));

    /// <summary>
    /// Draws children without replacement. Each gets a random number from the seed and its own number in the cohort, and the smallest are
    /// drawn: the order of the rows does not matter.
    /// </summary>
    /// <param name="children">The numbers of the candidates in the cohort.</param>
    /// <param name="size">How many to draw.</param>
    /// <returns>Whether each candidate is drawn.</returns>
    public bool[] Draw(ReadOnlySpan<int> children, int size)
    {
        var keys = new ulong[children.Length];
        var places = new int[children.Length];
        for (var i = 0; i < children.Length; i++) (keys[i], places[i]) = (Mix(children[i]), i);
        Array.Sort(keys, places);
        var drawn = new bool[children.Length];
        foreach (var place in places.AsSpan(0, Math.Clamp(size, 0, places.Length))) drawn[place] = true;
        return drawn;
    }

    // SplitMix64 (Steele, Lea and Flood 2014): different inputs give different outputs, so no two children tie.
    private ulong Mix(int child)
    {
        var z = (((ulong)(uint)Seed << 32) | (uint)child) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
