using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>A change of one column of data: from its values to others, in two frames.</summary>
/// <param name="Column">The column.</param>
/// <param name="Name">What changes.</param>
/// <param name="From">The column before.</param>
/// <param name="To">The column after.</param>
/// <param name="Step">What the difference of two predictions is divided by.</param>
internal sealed record ColumnChange(string Column, string Name, Column From, Column To, double Step)
{
    // In standard deviations of the column: the error of a central difference is of the second order in it.
    private const double RelativeStep = 1e-4;

    /// <summary>What marginal effects are made of: a derivative, the step from 0 to 1, or those from the reference to each level.</summary>
    /// <param name="fit">The fit, which knows the levels of factors.</param>
    /// <param name="data">The data.</param>
    /// <param name="column">The column.</param>
    internal static IEnumerable<ColumnChange> Of(MixedModelFit fit, Frame data, string column)
    {
        var formula = fit.Recipe.Formula;
        var factor = Enumerable.Range(0, formula.Variables.Count).FirstOrDefault(v => fit.Recipe.Levels[v] is not null
            && formula.Variables[v].Expression is NameReference { Name: var name } && name == column, -1);
        if (factor >= 0) return OfLevels(column, fit.Recipe.Levels[factor]!, data);
        var values = data.Number(column).Values.ToArray();
        return IsBinary(fit, column) ?? values.All(value => value is 0 or 1)
            ? [new ColumnChange(column, "1 - 0", Constant(column, 0, values.Length), Constant(column, 1, values.Length), 1)]
            : [Derivative(column, values)];
    }

    // As in the data of the fit: some of them may hold only 0 and 1 of more values. Null where it enters in functions only.
    private static bool? IsBinary(MixedModelFit fit, string column) => fit.Data?.Frame.Variables
        .Zip(fit.Recipe.Formula.Variables).Where(pair => pair.Second.Expression is NameReference { Name: var name } && name == column)
        .Select(pair => (bool?)pair.First.Values.All(value => value is 0 or 1)).FirstOrDefault();

    private static ColumnChange Derivative(string column, double[] values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        var step = RelativeStep * (deviation > 0 ? deviation : Math.Max(Math.Abs(mean), 1));
        return new ColumnChange(column, "slope", new NumberColumn(column, [.. values.Select(value => value - step)]),
            new NumberColumn(column, [.. values.Select(value => value + step)]), 2 * step);
    }

    private static IEnumerable<ColumnChange> OfLevels(string column, IReadOnlyList<string> levels, Frame data)
    {
        var reference = Level(data[column], levels[0]);
        return levels.Skip(1).Select(level =>
            new ColumnChange(column, $"{level} - {levels[0]}", reference, Level(data[column], level), 1));
    }

    // A column of one level, of the type of the column.
    private static Column Level(Column column, string level) => column switch
    {
        FlagColumn => new FlagColumn(column.Name, [.. Enumerable.Repeat((sbyte)(level == "TRUE" ? 1 : 0), column.Count)]),
        DateColumn => new DateColumn(column.Name, [.. Enumerable.Repeat(
            DateOnly.Parse(level, CultureInfo.InvariantCulture).DayNumber, column.Count)]),
        TextColumn => new TextColumn(column.Name, new int[column.Count], [level]),
        _ => Constant(column.Name, double.Parse(level, CultureInfo.InvariantCulture), column.Count),
    };

    private static NumberColumn Constant(string name, double value, int count) => new(name, [.. Enumerable.Repeat(value, count)]);
}
