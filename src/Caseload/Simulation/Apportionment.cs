namespace Caseload.Simulation;

/// <summary>Whole numbers that follow weights and add up to a total.</summary>
internal static class Apportionment
{
    /// <summary>
    /// Largest remainders: each cell has a least number, and the rest follows the weights as closely as whole numbers can.
    /// </summary>
    /// <param name="weights">The weights, none below 0 and some above.</param>
    /// <param name="total">What the cells add up to.</param>
    /// <param name="least">What each cell with a weight has at least; lowered where the total does not reach.</param>
    internal static int[] Of(double[] weights, int total, int least = 0)
    {
        var open = weights.Count(w => w > 0);
        least = Math.Min(least, total / Math.Max(open, 1));
        var (spare, sum) = (total - (least * open), weights.Sum());
        var exact = weights.Select(w => w / sum * spare).ToArray();
        var cells = weights.Select((w, i) => (w > 0 ? least : 0) + (int)exact[i]).ToArray();
        foreach (var i in Enumerable.Range(0, weights.Length)
            .OrderByDescending(i => exact[i] - Math.Floor(exact[i])).ThenBy(i => i).Take(total - cells.Sum()))
        {
            cells[i]++;
        }

        return cells;
    }
}
