namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>The end of a quantity's range, where it may have its limit.</summary>
/// <param name="At">The quantity there.</param>
/// <param name="Held">The parameters that are 0 there; empty where the quantity itself is held near its end.</param>
/// <param name="Near">Where it is held then.</param>
internal sealed record Edge(double At, int[] Held, double Near)
{
    /// <summary>Where the search on the edge begins, from a point inside.</summary>
    internal Func<double[], double[]> Start { get; init; } = static point => point;

    /// <summary>How many parameters the model loses there: a variance and the covariances that go with it.</summary>
    internal int Parameters { get; init; } = 1;

    /// <summary>Whether a point with those parameters at 0 lies on this edge and not on the one opposite.</summary>
    internal Func<double[], bool> Holds { get; init; } = static _ => true;

    /// <summary>The sets of parameters that are 0 where both edges meet: there the quantity is whatever it likes.</summary>
    internal int[][] Corners { get; init; } = [];
}

/// <summary>What is reported of a quantity, which may be several functions of it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Group">The grouping, or nothing.</param>
/// <param name="Term">The term, or nothing.</param>
/// <param name="Of">The value reported, a rising function of the quantity.</param>
internal sealed record Reading(IntervalKind Kind, string Group, string Term, Func<double, double> Of);

/// <summary>A quantity whose two limits are sought.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="Readings">What is reported of it.</param>
internal sealed record ProfileTarget(Quantity Quantity, IReadOnlyList<Reading> Readings)
{
    /// <summary>The lower end of its range; null where there is none.</summary>
    internal Edge? Lower { get; init; }

    /// <summary>The upper end of its range; null where there is none.</summary>
    internal Edge? Upper { get; init; }

    /// <summary>
    /// A point inside of the range, made of the maximum, where the quantity is infinite or has no slope there: a correlation of 1, a
    /// standard deviation of 0 of several parameters. Null elsewhere.
    /// </summary>
    internal Func<double[], double[]>? Inside { get; init; }

    /// <summary>Whether it has remarks of its own. A share of variance is 0 where its standard deviation is, which says so.</summary>
    internal bool SpeaksForItself => Readings[0].Kind != IntervalKind.PartitionCoefficient;

    /// <summary>What it is called in remarks.</summary>
    internal string Name => new IntervalEstimate(Readings[0].Kind, Readings[0].Group, Readings[0].Term, 0, 0, 0) is var words
        && words.Group.Length > 0 ? $"{words.Words} for {words.Group}" : words.Words;
}
