namespace Caseload.Figures.Charts;

/// <summary>Moves labels apart that would touch.</summary>
internal static class LabelSpread
{
    /// <summary>
    /// The heights of labels, in pixels, so that neighbours are at least a gap apart and stay as near as they can to where they belong.
    /// Groups of labels that touch are centred on the mean of their places (pool adjacent violators).
    /// </summary>
    public static IReadOnlyList<double> Apart(IReadOnlyList<double> wanted, double gap)
    {
        var order = Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]).ToArray();
        var groups = new List<(double Centre, int Count)>();
        foreach (var i in order)
        {
            groups.Add((wanted[i], 1));
            while (groups.Count > 1 && Touch(groups[^2], groups[^1], gap))
            {
                var (a, b) = (groups[^2], groups[^1]);
                groups.RemoveRange(groups.Count - 2, 2);
                groups.Add(((a.Centre * a.Count + b.Centre * b.Count) / (a.Count + b.Count), a.Count + b.Count));
            }
        }

        var placed = new double[wanted.Count];
        var next = 0;
        foreach (var (centre, count) in groups)
        {
            for (var k = 0; k < count; k++) placed[order[next++]] = centre + (k - (count - 1) / 2.0) * gap;
        }

        return placed;
    }

    private static bool Touch((double Centre, int Count) above, (double Centre, int Count) below, double gap) =>
        below.Centre - above.Centre < (above.Count + below.Count) / 2.0 * gap - 1e-9;
}
