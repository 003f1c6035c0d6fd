using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Fits;

/// <summary>What a fit keeps of its data so as to build the same columns for other rows.</summary>
/// <param name="Formula">The model.</param>
/// <param name="Levels">The levels of each variable of the fixed part, the reference first; null of a variable of numbers.</param>
/// <param name="Columns">The columns that were kept, in the order of the fixed effects.</param>
public sealed record ModelRecipe(ModelFormula Formula, IReadOnlyList<IReadOnlyList<string>?> Levels, IReadOnlyList<DesignColumn> Columns);

/// <summary>The linear predictor of rows of data, in its pieces. A row with a missing cell has not-a-number throughout.</summary>
/// <param name="FixedPart">x'beta and the offset, on the scale of the linear predictor.</param>
/// <param name="FixedPartStandardError">The standard error of x'beta.</param>
/// <param name="RandomPart">The conditional mode of the row's group; 0 of a group that is unknown or not given.</param>
public sealed record Prediction(double[] FixedPart, double[] FixedPartStandardError, double[] RandomPart)
{
    /// <summary>The linear predictor: the fixed and the random part.</summary>
    public double[] LinearPredictor => [.. FixedPart.Zip(RandomPart, (f, r) => f + r)];

    /// <summary>The probability of success in the row's own group.</summary>
    public double[] Probability => [.. LinearPredictor.Select(Logistic)];

    /// <summary>The probability of success in an average group, whose random effect is 0.</summary>
    public double[] ProbabilityInAverageGroup => [.. FixedPart.Select(Logistic)];

    internal static Prediction Of(MixedModelFit fit, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var recipe = fit.Recipe;
        var variables = recipe.Formula.Variables.Select((v, i) => Variable(v, recipe.Levels[i], frame, recipe.Formula.Text)).ToArray();
        var codes = variables.Select(v => v.Codes).ToArray();
        var columns = recipe.Columns.Select(column =>
        {
            var values = new double[frame.RowCount];
            column.Fill(codes, variables, values);
            return values;
        }).ToArray();
        var (fixedPart, errors) = (new double[frame.RowCount], new double[frame.RowCount]);
        foreach (var offset in recipe.Formula.Offsets)
        {
            var values = Arithmetic.Evaluate(offset, frame, recipe.Formula.Text);
            for (var row = 0; row < values.Length; row++) fixedPart[row] += values[row];
        }

        for (var row = 0; row < frame.RowCount; row++)
        {
            var variance = 0.0;
            for (var k = 0; k < columns.Length; k++)
            {
                fixedPart[row] += columns[k][row] * fit.FixedEffects[k].Estimate;
                for (var l = 0; l < columns.Length; l++) variance += columns[k][row] * columns[l][row] * fit.Covariance[k, l];
            }

            errors[row] = Math.Sqrt(variance);
        }

        return new Prediction(fixedPart, errors, Modes(fit, frame));
    }

    private static double[] Modes(MixedModelFit fit, Frame frame)
    {
        var column = fit.Recipe.Formula.Random is { } random ? frame.Find(random.Group.Name) : null;
        if (column is null) return new double[frame.RowCount];
        var modes = fit.ConditionalModes.ToDictionary(mode => mode.Level, mode => mode.Mode, StringComparer.Ordinal);
        return [.. Enumerable.Range(0, frame.RowCount).Select(row => modes.GetValueOrDefault(CodedVariable.Label(column, row)))];
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

    private static double Logistic(double eta) => Likelihoods.LogisticKernel.Probabilities(eta, out _).P;
}
