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
    /// <summary>The groupings' names and the columns that their effects multiply.</summary>
    public IReadOnlyList<(string Group, IReadOnlyList<DesignColumn> Columns)> RandomEffects { get; init; } = [];

    /// <summary>The columns of the fixed part for other rows of data: one array a fixed effect, one number a row.</summary>
    /// <param name="frame">Data with the columns of the model; a row with a missing cell has not-a-number.</param>
    /// <exception cref="ProblemException">A column is missing, or a factor holds a level that the fit has not seen.</exception>
    public double[][] DesignColumns(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return Evaluate(Columns, frame);
    }

    /// <summary>For each random effect, what it multiplies and the groups of some rows; not of groupings whose column is missing.</summary>
    internal IEnumerable<(string Group, string Term, double[] Values, string[] Labels)> RandomColumns(Frame frame)
    {
        foreach (var (group, columns) in RandomEffects)
        {
            var grouping = Formula.RandomTerms.First(term => term.GroupName == group).Group.Select(g => frame.Find(g.Name)).ToArray();
            if (grouping.Any(column => column is null)) continue;
            string[] labels = [.. Enumerable.Range(0, frame.RowCount)
                .Select(row => string.Join(":", grouping.Select(column => CodedVariable.Label(column!, row))))];
            var values = Evaluate(columns, frame);
            for (var k = 0; k < columns.Count; k++) yield return (group, columns[k].Name, values[k], labels);
        }
    }

    /// <summary>Some columns for other rows of data, which need not hold the variables of others.</summary>
    internal double[][] Evaluate(IReadOnlyList<DesignColumn> columns, Frame frame)
    {
        var used = columns.SelectMany(column => column.Parts).Select(part => part.Variable).ToHashSet();
        var variables = Formula.Variables.Select((v, i) => used.Contains(i)
            ? Variable(v, Levels[i], frame, Formula.Text) : new CodedVariable(v.Name, [])).ToArray();
        var codes = variables.Select(v => v.Codes).ToArray();
        return [.. columns.Select(column =>
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
