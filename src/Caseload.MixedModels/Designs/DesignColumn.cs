using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Designs;

/// <summary>One factor of a column's product: a variable of numbers itself, or the indicator of a factor's level.</summary>
/// <param name="Variable">The position of the variable.</param>
/// <param name="Level">The position of the level; -1 of a variable of numbers.</param>
public readonly record struct ColumnPart(int Variable, int Level);

/// <summary>A column of the design matrix: the product of its parts; the intercept has none.</summary>
/// <param name="Name">The coefficient's name as R gives it.</param>
/// <param name="Parts">The parts.</param>
public sealed record DesignColumn(string Name, IReadOnlyList<ColumnPart> Parts)
{
    /// <summary>R's name of the intercept.</summary>
    public const string InterceptName = "(Intercept)";

    /// <summary>The columns of a formula for its variables' levels, in R's order.</summary>
    /// <remarks>
    /// A factor in a term is coded by treatment contrasts (every level but the first) where the term without that factor is in the model
    /// too, the intercept being the term without variables; otherwise every level has an indicator (Chambers and Hastie 1992, section
    /// 2.3.1).
    /// Without an intercept R codes the first factor of the formula by all its levels and goes on as if there were one. In a product the
    /// first factor's levels run fastest.
    /// </remarks>
    /// <param name="formula">The model.</param>
    /// <param name="variables">Its variables, for the levels.</param>
    public static IReadOnlyList<DesignColumn> Of(ModelFormula formula, IReadOnlyList<CodedVariable> variables)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return Of(formula.HasIntercept, formula.Terms, variables);
    }

    /// <summary>The columns of some terms, likewise.</summary>
    internal static IReadOnlyList<DesignColumn> Of(bool hasIntercept, IReadOnlyList<ModelTerm> theTerms,
        IReadOnlyList<CodedVariable> variables)
    {
        var columns = new List<DesignColumn>();
        if (hasIntercept) columns.Add(new DesignColumn(InterceptName, []));
        var terms = theTerms.Select(t => string.Join(',', t.Variables)).ToHashSet(StringComparer.Ordinal);
        terms.Add("");
        var wholeFactorIsDue = !hasIntercept;
        foreach (var term in theTerms)
        {
            List<DesignColumn> product = [new("", [])];
            foreach (var variable in term.Variables)
            {
                var due = wholeFactorIsDue && variables[variable].Levels is not null;
                var byContrasts = !due && terms.Contains(string.Join(',', term.Variables.Where(v => v != variable)));
                wholeFactorIsDue &= !due;
                product = [.. Choices(variable, variables[variable], byContrasts).SelectMany(_ => product, Join)];
            }

            columns.AddRange(product);
        }

        return columns;
    }

    /// <summary>Says what the column is, for messages: <c>livch, level 3+</c>.</summary>
    /// <param name="variables">The model's variables.</param>
    public string Describe(IReadOnlyList<CodedVariable> variables) => Parts.Count == 0
        ? "the intercept"
        : string.Join(" with ", Parts.Select(p =>
            variables[p.Variable].Name + (p.Level < 0 ? "" : ", level " + variables[p.Variable].Levels![p.Level])));

    /// <summary>For each variable, the numbers of its values in some rows; empty of variables that no column is made of.</summary>
    internal static int[][] CodesAt(int[] rows, IEnumerable<DesignColumn> columns, IReadOnlyList<CodedVariable> variables)
    {
        var used = columns.SelectMany(column => column.Parts).Select(part => part.Variable).ToHashSet();
        return [.. variables.Select((variable, v) => used.Contains(v) ? variable.At(rows) : [])];
    }

    /// <summary>The column's values in some rows.</summary>
    /// <param name="codes">For each variable, the number of its value in each of those rows.</param>
    /// <param name="variables">The model's variables.</param>
    /// <param name="values">Takes the values.</param>
    internal void Fill(IReadOnlyList<int[]> codes, IReadOnlyList<CodedVariable> variables, double[] values)
    {
        if (Parts.Count == 0) Array.Fill(values, 1.0);
        for (var part = 0; part < Parts.Count; part++)
        {
            var table = Table(variables[Parts[part].Variable], Parts[part].Level);
            var code = codes[Parts[part].Variable];
            if (part == 0)
            {
                for (var i = 0; i < values.Length; i++) values[i] = table[code[i]];
            }
            else
            {
                for (var i = 0; i < values.Length; i++) values[i] *= table[code[i]];
            }
        }
    }

    private static double[] Table(CodedVariable variable, int level)
    {
        if (level < 0) return variable.Values;

        // One more than the levels: in data that are predicted for, that code stands for a missing cell.
        var indicator = new double[variable.Size + 1];
        indicator[level] = 1;
        indicator[^1] = double.NaN;
        return indicator;
    }

    private static IEnumerable<(string Name, ColumnPart Part)> Choices(int position, CodedVariable variable, bool byContrasts) =>
        variable.Levels is not { } levels
        ? [(variable.Name, new ColumnPart(position, -1))]
        : Enumerable.Range(0, levels.Count).Skip(byContrasts ? 1 : 0)
            .Select(level => (variable.Name + levels[level], new ColumnPart(position, level)));

    private static DesignColumn Join((string Name, ColumnPart Part) next, DesignColumn sofar) =>
        new(sofar.Parts.Count == 0 ? next.Name : sofar.Name + ":" + next.Name, [.. sofar.Parts, next.Part]);
}
