using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Inference.Rows;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>The data over which marginal effects are averaged: the distinct complete rows of the columns that predictions need.</summary>
/// <param name="Frame">The distinct rows.</param>
/// <param name="Weights">How often each occurs.</param>
/// <param name="LeftOut">How many rows have a missing cell.</param>
internal sealed record EffectData(Frame Frame, double[] Weights, int LeftOut)
{
    /// <summary>Of some models that are compared: rows complete in the columns of all.</summary>
    internal static EffectData Of(IReadOnlyList<MixedModelFit> fits, Frame data)
    {
        ArgumentNullException.ThrowIfNull(data);
        string[] names = [.. fits.SelectMany(fit => Columns(fit.Require())).Distinct()];
        if (names.Length == 0) return new EffectData(data, Ones(data.RowCount), 0);
        Column[] columns = [.. names.Select(name => data[name])];
        int[] complete = [.. Enumerable.Range(0, data.RowCount).Where(row => !columns.Any(column => column.IsMissing(row)))];
        if (complete.Length == 0)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, "no row with all cells of the model present", "at least one",
                "column " + string.Join(", ", names), "Give the data that the model was fitted to."));
        var whole = complete.Length == data.RowCount ? data : data.Take(complete);
        var frequencies = Frequencies(fits[0], whole);
        var groups = whole.GroupBy(names);
        int[] first = [.. Enumerable.Range(0, groups.Count).Select(group => groups.Rows(group)[0])];
        double[] weights = [.. Enumerable.Range(0, groups.Count).Select(group => groups.Rows(group).Sum(row => frequencies[row]))];
        return new EffectData(whole.Select(names).Take(first), weights, data.RowCount - complete.Length);
    }

    /// <summary>The columns of the fixed part, of offsets and of random slopes.</summary>
    internal static IEnumerable<string> Columns(MixedModelFit fit) => fit.Recipe.Formula.Variables.Select(variable => variable.Expression)
        .Concat(fit.Recipe.Formula.Offsets).SelectMany(FormulaColumns.OfExpression).Distinct();

    /// <summary>The rows of a fit.</summary>
    internal PredictorRows Rows(MixedModelFit fit) => PredictorRows.Of(fit, Frame) with { Weights = Weights };

    // Rows that the fit took for several count as often here.
    private static double[] Frequencies(MixedModelFit fit, Frame data)
    {
        var frequencies = Ones(data.RowCount);
        foreach (var name in new[] { fit.Data?.Settings.Frequencies, fit.Data?.Settings.RowCounts })
        {
            if (name is null || data.Find(name) is null) continue;
            var values = data.Number(name).Values;
            for (var row = 0; row < frequencies.Length; row++) frequencies[row] *= values[row];
        }

        return frequencies;
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];
}
