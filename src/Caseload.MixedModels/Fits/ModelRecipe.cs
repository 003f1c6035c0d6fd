using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Fits;

/// <summary>What a fit keeps of its data so as to build the same columns for other rows.</summary>
/// <param name="Formula">The model.</param>
/// <param name="Levels">The levels of each variable of the fixed part, the reference first; null of a variable of numbers.</param>
/// <param name="Columns">The columns that were kept, in the order of the fixed effects.</param>
public sealed record ModelRecipe(ModelFormula Formula, IReadOnlyList<IReadOnlyList<string>?> Levels, IReadOnlyList<DesignColumn> Columns)
{
    /// <summary>The columns of the fixed part for other rows of data: one array a fixed effect, one number a row.</summary>
    /// <param name="frame">Data with the columns of the model; a row with a missing cell has not-a-number.</param>
    /// <exception cref="ProblemException">A column is missing, or a factor holds a level that the fit has not seen.</exception>
    public double[][] DesignColumns(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var variables = Formula.Variables.Select((v, i) => Variable(v, Levels[i], frame, Formula.Text)).ToArray();
        var codes = variables.Select(v => v.Codes).ToArray();
        return [.. Columns.Select(column =>
        {
            var values = new double[frame.RowCount];
            column.Fill(codes, variables, values);
            return values;
        })];
    }

    // Values of other data are coded row by row; the last code stands for a missing cell and gives not-a-number.
    private static CodedVariable Variable(ModelVariable variable, IReadOnlyList<string>? levels, Frame frame, string formula)
    {
        int[] rows = [.. Enumerable.Range(0, frame.RowCount)];
        if (levels is null)
            return new CodedVariable(variable.Name, rows) { Values = Arithmetic.Evaluate(variable.Expression, frame, formula) };
        var column = variable.Expression is NameReference name
            ? ColumnLookup.Find(name, frame, formula)
            : new NumberColumn(variable.Name, Arithmetic.Evaluate(variable.Expression, frame, formula));
        var known = levels.Select((level, i) => (level, i)).ToDictionary(l => l.level, l => l.i, StringComparer.Ordinal);
        int[] codes = [.. rows.Select(row => column.IsMissing(row) ? levels.Count : Find(CodedVariable.Label(column, row)))];
        return new CodedVariable(variable.Name, codes) { Levels = levels };

        int Find(string label) => known.TryGetValue(label, out var code)
            ? code
            : throw new ProblemException(new Problem(ProblemKind.CheckFailed,
                $"a level of {variable.Name} that the model was not fitted to",
                "one of " + string.Join(", ", levels.Take(30)), $"column {column.Name}",
                "Predict for the levels of the fit, or fit the model again."));
    }
}
