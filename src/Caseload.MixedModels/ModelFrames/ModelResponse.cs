using Caseload.Frames;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.ModelFrames;

/// <summary>The response in each row, as the two numbers whose sums over equal rows the log-likelihood depends on.</summary>
/// <param name="Successes">The successes; of counts, the count times its prior weight. From 0.</param>
/// <param name="Trials">The trials; of counts, the prior weight. From 0.</param>
public abstract record ModelResponse(double[] Successes, double[] Trials)
{
    /// <summary>The part of the log-likelihood that depends on no parameter, summed over the rows as they were given.</summary>
    public abstract double LogConstant();

    /// <summary>Reads the left side of a formula as the family asks.</summary>
    /// <exception cref="ProblemException">The data are not of the family; the message gives the row.</exception>
    internal static ModelResponse Read(ModelFormula formula, CompleteRows rows, FitSettings settings) => settings.Family == Family.Poisson
        ? PoissonResponse.Read(formula, rows, settings.Weights)
        : BinomialResponse.Read(formula, rows, settings.Weights);

    /// <summary>Whether a number is whole and not negative.</summary>
    private protected static bool IsCount(double value) => value >= 0 && Math.Floor(value) == value && double.IsFinite(value);

    /// <summary>Stops at a response of text or dates.</summary>
    private protected static void RequireNumbers(Expression response, Frame frame, string expected)
    {
        if (response is NameReference name && frame.Find(name.Name) is { Type: ColumnType.Text or ColumnType.Date } column)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed,
                $"a response of {(column.Type == ColumnType.Text ? "text" : "dates")}", expected, $"column {column.Name}",
                $"Recode the outcome as {expected}."));
    }
}
