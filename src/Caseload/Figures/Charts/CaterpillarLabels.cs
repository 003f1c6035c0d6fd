namespace Caseload.Figures.Charts;

/// <summary>
/// Finds room for the names of the authorities at one end of a caterpillar plot, where the intervals leave an empty corner. Names stand
/// one under another beside the last point named; an angled line leads from each point to its name, and no two lines cross. Heights are
/// pixels away from the far side of the points, so that one calculation serves both ends.
/// </summary>
internal sealed class CaterpillarLabels
{
    public const double LineHeight = 14;
    private const double Clear = 9;

    /// <summary>The heights of the names, the outermost point first.</summary>
    public required IReadOnlyList<double> Slots { get; init; }

    /// <summary>The height at which the outermost name ends: the area must reach so far.</summary>
    public double Reach => Slots.Count == 0 ? 0 : Slots[0] + LineHeight / 2;

    /// <summary>Places names.</summary>
    /// <param name="ends">The height of the outer end of each interval, the outermost point first.</param>
    /// <param name="named">How many points are named.</param>
    /// <param name="covered">How many points the names and the lines pass.</param>
    public static CaterpillarLabels Place(IReadOnlyList<double> ends, int named, int covered)
    {
        var slots = new double[named];
        var clear = double.NegativeInfinity;
        for (var i = Math.Min(covered, ends.Count) - 1; i >= 0; i--)
        {
            clear = Math.Max(clear, ends[i] + Clear);
            if (i >= named) continue;
            slots[i] = i == named - 1 ? clear : Math.Max(clear, slots[i + 1] + LineHeight);
        }

        return new CaterpillarLabels { Slots = slots };
    }
}
