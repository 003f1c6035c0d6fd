using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.LinearModels;

/// <summary>The response of a linear model by cells: weighted means, and the weighted sum of squares about them.</summary>
/// <param name="Means">The mean of each cell.</param>
/// <param name="Within">The sum over all rows of weight times squared distance from the cell's mean.</param>
internal sealed record CellMeans(double[] Means, double Within)
{
    /// <summary>The means of a table of cells, in two passes over the rows, so that a large mean costs no digits.</summary>
    internal static CellMeans Of(GaussianResponse response, CellTable cells)
    {
        double[] means = [.. cells.Successes.Zip(cells.Trials, (sum, weight) => sum / weight)];
        var rest = new double[means.Length];
        var within = 0.0;
        for (var row = 0; row < response.Values.Length; row++)
        {
            var cell = cells.OfRows[row];
            var distance = response.Values[row] - means[cell];
            rest[cell] += response.Trials[row] * distance;
            within += response.Trials[row] * distance * distance;
        }

        // What rounding left of the first moments.
        for (var cell = 0; cell < means.Length; cell++)
        {
            var shift = rest[cell] / cells.Trials[cell];
            means[cell] += shift;
            within -= shift * rest[cell];
        }

        return new CellMeans(means, Math.Max(within, 0));
    }
}
