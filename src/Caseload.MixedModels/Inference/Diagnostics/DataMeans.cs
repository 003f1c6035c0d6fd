using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Predictions;
using Caseload.MixedModels.Inference.Rows;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>Rows of any data with their responses and the means that a fit predicts for them.</summary>
/// <param name="Means">The rows that are complete.</param>
/// <param name="Numbers">Their numbers in the data, from 0.</param>
/// <param name="Clusters">
/// The group of each row in the outermost grouping, by number; null where the model has none, groupings cross, or the data do not hold two
/// groups of it.
/// </param>
internal sealed record DataMeans(FittedMeans Means, int[] Numbers, int[]? Clusters)
{
    /// <summary>Predicts for data.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="data">Rows with the columns of the model and the response.</param>
    /// <param name="groups">Which groups the means are for.</param>
    /// <param name="also">Columns beside those of the model in which no cell may be missing.</param>
    /// <exception cref="ProblemException">
    /// A column is missing, no row is complete, or a factor, or of known groups a grouping, holds a level that the fit has not seen.
    /// </exception>
    internal static DataMeans Of(MixedModelFit fit, Frame data, GroupsAs groups, params IEnumerable<string> also)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (settings, formula) = (PredictorRows.Data(fit).Settings, fit.Recipe.Formula);
        var outermost = Outermost(fit, data);
        var groupings = groups != GroupsAs.Known ? outermost
            : formula.RandomTerms.SelectMany(term => term.Group).Select(column => column.Name);
        string[] names =
        [
            .. EffectData.Columns(fit).Concat(FormulaColumns.OfResponse(formula))
                .Concat(new[] { settings.Weights, settings.Frequencies, settings.RowCounts }.OfType<string>())
                .Concat(groupings).Concat(also).Distinct(),
        ];
        var rows = Complete(data.Select(names), settings);
        var response = ModelResponse.Read(formula, rows, settings);
        rows = rows.Where(row => response.Trials[row] > 0);
        response = ModelResponse.Read(formula, rows, settings);
        var clusters = outermost.Length == 0 ? [] : Codes(rows.Frame.GroupBy(outermost));
        var means = new FittedMeans(Predicted(fit, rows.Frame, groups), response.Successes, response.Trials);
        return new DataMeans(means, rows.Numbers, clusters.Distinct().Count() > 1 ? clusters : null);
    }

    // The columns of the outermost grouping, where the data hold them.
    private static string[] Outermost(MixedModelFit fit, Frame data)
    {
        if (fit.Groups.Count == 0 || !fit.GroupsNest) return [];
        var name = fit.Groups.MinBy(group => group.Count)!.Name;
        string[] columns = [.. fit.Recipe.Formula.RandomTerms.First(term => term.GroupName == name).Group.Select(column => column.Name)];
        return columns.All(column => data.Find(column) is not null) ? columns : [];
    }

    private static CompleteRows Complete(Frame data, FitSettings settings)
    {
        int[] kept = [.. Enumerable.Range(0, data.RowCount).Where(row => !data.Columns.Any(column => column.IsMissing(row)))];
        if (kept.Length == 0)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, "no row with all cells of the model and the response present",
                "at least one", "column " + string.Join(", ", data.Columns.Select(column => column.Name)), "Give rows that are complete."));
        var whole = kept.Length == data.RowCount ? data : data.Take(kept);
        return new CompleteRows(whole, kept, settings.RowCounts is { } counts ? whole.Number(counts).Values.ToArray() : null,
            data.RowCount - kept.Length, []);
    }

    private static double[] Predicted(MixedModelFit fit, Frame frame, GroupsAs groups)
    {
        var rows = PredictorRows.Of(fit, frame);
        if (groups is GroupsAs.Averaged or GroupsAs.Unseen)
            return [.. rows.FixedPart.Zip(rows.Variances(), (eta, variance) => AveragedMean.At(fit.Link, eta, variance).Value)];
        var predictor = groups == GroupsAs.Known ? WithModes(fit, frame, rows.FixedPart) : rows.FixedPart;
        return [.. predictor.Select(eta => InverseLink.At(fit.Link, eta).Value)];
    }

    private static double[] WithModes(MixedModelFit fit, Frame frame, double[] fixedPart)
    {
        var predictor = (double[])fixedPart.Clone();
        foreach (var (group, term, values, labels) in fit.Recipe.RandomColumns(frame))
        {
            var modes = fit.ConditionalModes.Where(mode => mode.Group == group && mode.Term == term)
                .ToDictionary(mode => mode.Level, mode => mode.Mode, StringComparer.Ordinal);
            for (var row = 0; row < predictor.Length; row++)
            {
                if (!modes.TryGetValue(labels[row], out var mode))
                    throw new ProblemException(new Problem(ProblemKind.CheckFailed, $"a group of {group} that the fit has not seen",
                        "groups of the data of the fit", "groups", "Take the means with GroupsAs.Averaged, or leave such rows out."));
                predictor[row] += mode * values[row];
            }
        }

        return predictor;
    }

    private static int[] Codes(FrameGroups groups)
    {
        var codes = new int[Enumerable.Range(0, groups.Count).Sum(group => groups.Rows(group).Count)];
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var row in groups.Rows(group)) codes[row] = group;
        }

        return codes;
    }
}
