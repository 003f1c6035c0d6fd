using Caseload.Frames;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.ModelFrames;

/// <summary>
/// The data of a model: every variable evaluated and coded, in the rows without missing cells. All that follows (collapse, fit, standard
/// errors, checks) starts from here and is what a fit repeats.
/// </summary>
/// <param name="Formula">The model.</param>
/// <param name="Response">The response of each row.</param>
/// <param name="Variables">The variables, in the order of <see cref="ModelFormula.Variables"/>.</param>
/// <param name="Groupings">The groupings of the random effects; empty where all effects are fixed.</param>
public sealed record ModelFrame(ModelFormula Formula, ModelResponse Response, IReadOnlyList<CodedVariable> Variables,
    IReadOnlyList<Grouping> Groupings)
{
    /// <summary>The grouping with the most groups, or null without random effects: cells are kept in its order.</summary>
    public Grouping? LargestGrouping => Groupings.MaxBy(grouping => grouping.Groups.Size);

    /// <summary>The distribution of the response.</summary>
    public Family Family { get; init; } = Family.Binomial;

    /// <summary>The link.</summary>
    public Link Link { get; init; } = Link.Logit;

    /// <summary>What is added to the linear predictor with the coefficient 1, or null.</summary>
    public CodedVariable? Offset { get; init; }

    /// <summary>The number of rows used.</summary>
    public int Rows => Response.Trials.Length;

    /// <summary>The number of observations: of rows, each counted as often as its frequency says.</summary>
    public int Observations => Response.Observations;

    /// <summary>The number of rows left out because a cell of the model is missing.</summary>
    public int MissingRows { get; init; }

    /// <summary>The number of rows left out because they hold no trial or have a weight of 0.</summary>
    public int RowsWithoutTrials { get; init; }

    /// <summary>The columns with missing cells, and how many each.</summary>
    public IReadOnlyList<(string Column, int Count)> MissingIn { get; init; } = [];

    /// <summary>Evaluates a formula's variables in a frame.</summary>
    /// <param name="frame">The data.</param>
    /// <param name="formula">The model.</param>
    /// <param name="settings">Names the factors, their references and the weights.</param>
    /// <exception cref="ProblemException">
    /// A column or level does not exist or is of the wrong type (wrong usage); the response is not of the family, or no row is left (check
    /// failed).
    /// </exception>
    public static ModelFrame Build(Frame frame, ModelFormula formula, FitSettings settings)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Require();
        foreach (var factor in settings.Factors.Concat(settings.References.Keys)) _ = frame[factor];
        var complete = CompleteRows.Of(frame, formula, settings);
        var response = ModelResponse.Read(formula, complete, settings);
        var rows = complete.Where(row => response.Trials[row] > 0);
        var without = complete.Total - rows.Total;
        if (without > 0) response = ModelResponse.Read(formula, rows, settings);
        if (rows.Numbers.Length == 0)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, "no row with all cells of the model present",
                "at least one", "",
                "Leave out the variables with most missing cells: " + string.Join(", ", complete.MissingIn.Select(m => m.Column)) + "."));

        CodedVariable[] variables = [.. formula.Variables.Select(v => Code(v, rows, settings, formula.Text))];
        var groupings = Grouping.Of(formula, variables, term => CodedVariable.Combine(term.GroupName,
            [.. term.Group.Select(column => CodedVariable.FactorOf(column.Name, rows.Frame[column.Name]))]));
        return new ModelFrame(formula, response, variables, groupings)
        {
            Family = settings.Family,
            Link = settings.Link,
            Offset = SumOffsets(formula, rows),
            MissingRows = complete.Dropped,
            RowsWithoutTrials = without,
            MissingIn = complete.MissingIn,
        };
    }

    private static CodedVariable Code(ModelVariable variable, CompleteRows rows, FitSettings settings, string formula)
    {
        if (variable.Kind == VariableKind.Number)
            return CodedVariable.OfNumbers(variable.Name, rows.Evaluate(variable.Expression, formula));
        if (variable.Expression is not NameReference name)
            return CodedVariable.FactorOf(variable.Name, new NumberColumn(variable.Name, rows.Evaluate(variable.Expression, formula)));
        var column = rows.Frame[name.Name];
        if (variable.Kind == VariableKind.Factor || column.Type is ColumnType.Text or ColumnType.Flag
            || settings.Factors.Contains(name.Name))
            return Refer(CodedVariable.FactorOf(variable.Name, column), name.Name, settings);
        if (column.Type == ColumnType.Date)
            throw FormulaProblem.At(formula, name.Position, $"the column \"{name.Name}\", which holds dates", "numbers, text or flags",
                "Make it a factor, or compute a number of days beforehand.");
        if (settings.References.ContainsKey(name.Name))
            throw new ProblemException(new Problem(ProblemKind.WrongUsage,
                $"a reference level for \"{name.Name}\", which is a column of numbers", "a factor", "reference",
                $"Name it a factor as well, as with --factor {name.Name}."));
        return CodedVariable.OfNumbers(variable.Name, rows.Evaluate(name, formula));
    }

    private static CodedVariable Refer(CodedVariable factor, string column, FitSettings settings)
    {
        if (!settings.References.TryGetValue(column, out var reference)) return factor;
        var level = factor.Levels!.ToList().FindIndex(l => string.Equals(l, reference, StringComparison.Ordinal));
        return level >= 0
            ? factor.WithReference(level)
            : throw new ProblemException(new Problem(ProblemKind.WrongUsage, $"\"{reference}\" as the reference of {column}",
                "one of its levels in the rows used: " + string.Join(", ", factor.Levels!.Take(30)), "reference", "Name one of them."));
    }

    private static CodedVariable? SumOffsets(ModelFormula formula, CompleteRows rows)
    {
        if (formula.Offsets.Count == 0) return null;
        var sum = new double[rows.Numbers.Length];
        foreach (var offset in formula.Offsets)
        {
            var values = rows.Evaluate(offset, formula.Text);
            for (var row = 0; row < sum.Length; row++) sum[row] += values[row];
        }

        return CodedVariable.OfNumbers("offset", sum);
    }
}
