using Caseload.MixedModels.Inference.Rows;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Variances;

/// <summary>Finds the columns of a design that are constant within groups.</summary>
internal static class GroupConstants
{
    /// <summary>Whether a column has one value in each group.</summary>
    internal static bool IsConstant(double[] column, CodedVariable groups)
    {
        var first = new double[groups.Size];
        Array.Fill(first, double.NaN);
        for (var row = 0; row < column.Length; row++)
        {
            ref var value = ref first[groups.Codes[row]];
            if (double.IsNaN(value)) value = column[row];
            else if (value != column[row]) return false;
        }

        return true;
    }

    /// <summary>For each column, the groupings within whose groups it is constant; the intercept's none.</summary>
    internal static IReadOnlyList<string>[] Of(PredictorRows rows, ModelFrame frame) =>
    [
        .. rows.Columns.Select(column => column.All(value => value == column[0]) ? (IReadOnlyList<string>)[]
            : [.. frame.Groupings.Where(grouping => IsConstant(column, grouping.Groups)).Select(grouping => grouping.Groups.Name)]),
    ];
}
