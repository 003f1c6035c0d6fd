using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Rows;

/// <summary>The linear predictor of some rows of data, in the pieces that inference is made of.</summary>
/// <param name="Columns">The columns of the fixed effects: one array a coefficient, one number a row.</param>
/// <param name="FixedPart">x'beta and the offset.</param>
/// <param name="Random">What the random effects multiply, one entry a covariance matrix of the fit.</param>
/// <param name="Weights">How many observations each row stands for.</param>
internal sealed record PredictorRows(double[][] Columns, double[] FixedPart, IReadOnlyList<EffectRows> Random, double[] Weights)
{
    internal int Count => FixedPart.Length;

    /// <summary>Of other data.</summary>
    /// <exception cref="ProblemException">
    /// There is no row, a column is missing, a cell is, a factor holds a level that the fit has not seen, or the fit has an estimate that
    /// does not exist.
    /// </exception>
    internal static PredictorRows Of(MixedModelFit fit, Frame frame)
    {
        RequireRows(frame);
        var columns = fit.Require().Recipe.DesignColumns(frame);
        var rows = new PredictorRows(columns, Sum(fit, columns, Offset(fit, frame)), Effects(fit, frame), Ones(frame.RowCount));
        RequirePresent(fit, frame, rows);
        return rows;
    }

    /// <summary>Of the rows that the model was fitted to.</summary>
    internal static PredictorRows OfData(MixedModelFit fit)
    {
        var frame = Data(fit).Frame;
        var columns = Filled(fit.Recipe.Columns, frame);
        var offset = frame.Offset is null ? new double[frame.Rows] : [.. frame.Offset.Codes.Select(code => frame.Offset.Values[code])];
        var effects = fit.Recipe.RandomEffects.ToDictionary(e => e.Group, e => (e.Columns, Values: Filled(e.Columns, frame)));
        return new PredictorRows(columns, Sum(fit, columns, offset),
            [.. fit.RandomEffects.Select(effect => Of(effect, effects[effect.Group].Columns, effects[effect.Group].Values))],
            frame.Response.Frequencies ?? Ones(frame.Rows));
    }

    /// <summary>What the random effects multiply in other data; the data need hold no other column.</summary>
    internal static IReadOnlyList<EffectRows> Effects(MixedModelFit fit, Frame frame)
    {
        RequireRows(frame);
        var recipe = fit.Require().Recipe;
        var columns = recipe.RandomEffects.ToDictionary(e => e.Group, e => (e.Columns, Values: recipe.Evaluate(e.Columns, frame)));
        return [.. fit.RandomEffects.Select(effect => Of(effect, columns[effect.Group].Columns, columns[effect.Group].Values))];
    }

    /// <summary>What a fit was made from.</summary>
    /// <exception cref="ProblemException">The fit has an estimate that does not exist, or did not keep its data.</exception>
    internal static FittedData Data(MixedModelFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return fit.Require().Data ?? throw new ProblemException(new Problem(ProblemKind.WrongUsage,
            "a fit that does not hold its data", "a fit as MixedModel.Fit gives it", fit.Formula, "Fit the model again."));
    }

    /// <summary>The same rows where one column of the data is another; what does not rest on it is kept.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="frame">The data with that column.</param>
    /// <param name="column">Its name.</param>
    internal PredictorRows Moved(MixedModelFit fit, Frame frame, string column)
    {
        var recipe = fit.Recipe;
        var moved = recipe.Formula.Variables
            .Select(variable => FormulaColumns.OfExpression(variable.Expression).Contains(column, StringComparer.Ordinal)).ToArray();
        int[] places = [.. Enumerable.Range(0, Columns.Length).Where(k => recipe.Columns[k].Parts.Any(part => moved[part.Variable]))];
        var columns = (double[][])Columns.Clone();
        var values = recipe.Evaluate([.. places.Select(k => recipe.Columns[k])], frame);
        for (var i = 0; i < places.Length; i++) columns[places[i]] = values[i];
        var random = recipe.RandomEffects.SelectMany(effects => effects.Columns).SelectMany(c => c.Parts).Any(part => moved[part.Variable])
            ? Effects(fit, frame) : Random;
        return new PredictorRows(columns, Sum(fit, columns, Offset(fit, frame)), random, Weights);
    }

    /// <summary>The variance z' Sigma z of all random effects together, in each row.</summary>
    internal double[] Variances()
    {
        var sum = new double[Count];
        foreach (var effect in Random)
        {
            for (var row = 0; row < sum.Length; row++) sum[row] += effect.Variance(row);
        }

        return sum;
    }

    private static double[] Offset(MixedModelFit fit, Frame frame)
    {
        var offset = new double[frame.RowCount];
        foreach (var expression in fit.Recipe.Formula.Offsets)
        {
            var values = Arithmetic.Evaluate(expression, frame, fit.Recipe.Formula.Text);
            for (var row = 0; row < values.Length; row++) offset[row] += values[row];
        }

        return offset;
    }

    private static double[] Sum(MixedModelFit fit, double[][] columns, double[] offset)
    {
        var sum = offset;
        for (var k = 0; k < columns.Length; k++)
        {
            var beta = fit.FixedEffects[k].Estimate;
            for (var row = 0; row < sum.Length; row++) sum[row] += beta * columns[k][row];
        }

        return sum;
    }

    private static double[][] Filled(IReadOnlyList<DesignColumn> columns, ModelFrame frame)
    {
        int[][] codes = [.. frame.Variables.Select(variable => variable.Codes)];
        return [.. columns.Select(column =>
        {
            var values = new double[frame.Rows];
            column.Fill(codes, frame.Variables, values);
            return values;
        })];
    }

    private static EffectRows Of(RandomEffect effect, IReadOnlyList<DesignColumn> columns, double[][] values)
    {
        var names = columns.Select(column => column.Name).ToList();
        return new EffectRows(effect, [.. effect.Terms.Select(term => values[names.IndexOf(term)])]);
    }

    private static void RequireRows(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.RowCount == 0)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, "data without rows", "one row or more", "",
                "Give the rows, or values, to compute for."));
    }

    private static void RequirePresent(MixedModelFit fit, Frame frame, PredictorRows rows)
    {
        var bad = Array.FindIndex(rows.FixedPart, double.IsNaN);
        foreach (var column in rows.Random.SelectMany(effect => effect.Columns))
        {
            if (bad < 0) bad = Array.FindIndex(column, double.IsNaN);
        }

        if (bad < 0) return;
        string[] missing = [.. FormulaColumns.Of(fit.Recipe.Formula).Select(name => name.Name).Distinct()
            .Where(name => frame.Find(name)?.IsMissing(bad) == true)];
        throw new ProblemException(missing.Length > 0
            ? new Problem(ProblemKind.CheckFailed, $"a missing cell in row {bad + 1}", "every cell of the model's columns present",
                "column " + string.Join(", ", missing), "Fill it, or leave such rows out with Filter.")
            : new Problem(ProblemKind.CheckFailed, $"a value in row {bad + 1} for which the formula has no number",
                "values that its functions are defined for, such as numbers above 0 for log", fit.Formula,
                "Correct it, or leave such rows out with Filter."));
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1.0);
        return ones;
    }
}
