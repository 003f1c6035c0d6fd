using Caseload.Frames;
using Caseload.MixedModels.Formulas;
using MathNet.Numerics;

namespace Caseload.MixedModels.ModelFrames;

/// <summary>Counts and their prior weights in each row: the log-likelihood of a row counts as often as its weight says.</summary>
/// <param name="Counts">Whole numbers from 0.</param>
/// <param name="Weights">Numbers from 0; 1 where no weights are given.</param>
public sealed record PoissonResponse(double[] Counts, double[] Weights)
    : ModelResponse([.. Counts.Zip(Weights, (count, weight) => count * weight)], Weights)
{
    /// <summary>
    /// Minus the sum of weight times log(count!). Summed over the distinct pairs in order, so that the order of rows does not show.
    /// </summary>
    /// <returns>0 or less.</returns>
    public override double LogConstant()
    {
        var pairs = new Dictionary<(double, double), int>();
        for (var row = 0; row < Counts.Length; row++)
        {
            if (Counts[row] <= 1) continue;
            pairs[(Counts[row], Weights[row])] = pairs.GetValueOrDefault((Counts[row], Weights[row])) + 1;
        }

        return -pairs.OrderBy(pair => pair.Key).Sum(pair => pair.Value * pair.Key.Item2 * SpecialFunctions.GammaLn(pair.Key.Item1 + 1));
    }

    /// <summary>Reads the left side of a formula: a column, or arithmetic of columns, of counts.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="rows">The rows without missing cells.</param>
    /// <param name="weights">The column of prior weights, or null.</param>
    /// <exception cref="ProblemException">The data are not counts; the message gives the row.</exception>
    internal static PoissonResponse Read(ModelFormula formula, CompleteRows rows, string? weights)
    {
        if (formula.Response is FunctionCall { Function: "cbind" } pair)
            throw FormulaProblem.At(formula.Text, pair.Position, "cbind(successes, failures) with the Poisson family",
                "one column of counts", "Choose the binomial family, or give the counts with offset(log(exposure)).");
        RequireNumbers(formula.Response, rows.Frame, "counts: whole numbers from 0");
        var counts = Arithmetic.Evaluate(formula.Response, rows.Frame, formula.Text);
        var weight = new double[counts.Length];
        var given = weights is null ? null : rows.Frame.Number(weights).Values.ToArray();
        for (var row = 0; row < counts.Length; row++)
        {
            weight[row] = given is null ? 1 : given[row];
            if (!(weight[row] >= 0 && double.IsFinite(weight[row])))
                throw rows.Fail(row, weights!, "a prior weight that is negative or not finite", "a number from 0");
            if (!IsCount(counts[row]))
                throw rows.Fail(row, FormulaText.Of(formula.Response), counts[row] < 0
                    ? "a count that is negative" : "a count that is not whole", "a whole number from 0");
        }

        return new PoissonResponse(counts, weight);
    }
}
