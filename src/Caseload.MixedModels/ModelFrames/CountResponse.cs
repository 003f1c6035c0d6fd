using Caseload.Frames;
using Caseload.MixedModels.Formulas;
using MathNet.Numerics;

namespace Caseload.MixedModels.ModelFrames;

/// <summary>Counts and their prior weights in each row: the log-likelihood of a row counts as often as its weight says.</summary>
/// <param name="Counts">Whole numbers from 0.</param>
/// <param name="Weights">Numbers from 0; 1 where no weights are given.</param>
public sealed record CountResponse(double[] Counts, double[] Weights)
    : ModelResponse([.. Counts.Zip(Weights, (count, weight) => count * weight)], Weights, null)
{
    /// <summary>
    /// Minus the sum of weight times log(count!). Summed over the distinct counts in order, so that the order of rows does not show.
    /// </summary>
    /// <returns>0 or less.</returns>
    public override double LogConstant() => -Histogram().Sum(count => count.Weight * SpecialFunctions.GammaLn(count.Count + 1));

    /// <summary>The distinct counts, ascending, with the sum of the weights of each.</summary>
    internal IReadOnlyList<(double Count, double Weight)> Histogram()
    {
        var pairs = new Dictionary<(double Count, double Weight), double>();
        for (var row = 0; row < Counts.Length; row++)
        {
            var pair = (Counts[row], Weights[row]);
            pairs[pair] = pairs.GetValueOrDefault(pair) + Frequency(row);
        }

        return [.. pairs.OrderBy(pair => pair.Key).GroupBy(pair => pair.Key.Count)
            .Select(group => (group.Key, group.Sum(pair => pair.Key.Weight * pair.Value)))];
    }

    /// <summary>Reads the left side of a formula: a column, or arithmetic of columns, of counts.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="rows">The rows without missing cells.</param>
    /// <param name="weights">The column of prior weights, or null.</param>
    /// <exception cref="ProblemException">The data are not counts; the message gives the row.</exception>
    internal static CountResponse Read(ModelFormula formula, CompleteRows rows, string? weights)
    {
        if (formula.Response is FunctionCall { Function: "cbind" } pair)
            throw FormulaProblem.At(formula.Text, pair.Position, "cbind(successes, failures) with a family of counts",
                "one column of counts", "Choose the binomial family, or give the counts with offset(log(exposure)).");
        RequireNumbers(formula.Response, rows.Frame, "counts: whole numbers from 0");
        var counts = Arithmetic.Evaluate(formula.Response, rows.Frame, formula.Text);
        var bad = Array.FindIndex(counts, count => !IsCount(count));
        if (bad >= 0) throw rows.Fail(bad, FormulaText.Of(formula.Response), counts[bad] < 0
            ? "a count that is negative" : "a count that is not whole", "a whole number from 0");
        return new CountResponse(counts, ReadWeights(weights, rows));
    }
}
