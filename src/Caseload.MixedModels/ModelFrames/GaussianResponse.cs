using Caseload.Frames;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.ModelFrames;

/// <summary>Numbers and their prior weights in each row: the variance of a row is the residual variance divided by its weight.</summary>
/// <param name="Values">Finite numbers.</param>
/// <param name="Weights">Numbers from 0; 1 where no weights are given. A row of weight 0 is left out.</param>
public sealed record GaussianResponse(double[] Values, double[] Weights)
    : ModelResponse([.. Values.Zip(Weights, (value, weight) => value * weight)], Weights, null)
{
    /// <summary>Half the sum of the logarithms of the weights: their part in the normalising constants.</summary>
    public override double LogConstant()
    {
        var distinct = new Dictionary<double, double>();
        for (var row = 0; row < Weights.Length; row++)
            distinct[Weights[row]] = distinct.GetValueOrDefault(Weights[row]) + Frequency(row);
        return distinct.OrderBy(pair => pair.Key).Sum(pair => pair.Value * Math.Log(pair.Key)) / 2;
    }

    /// <summary>Reads the left side of a formula: a column, or arithmetic of columns.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="rows">The rows without missing cells.</param>
    /// <param name="weights">The column of prior weights, or null.</param>
    /// <exception cref="ProblemException">The response is not finite, or a weight is negative; the message gives the row.</exception>
    internal static GaussianResponse Read(ModelFormula formula, CompleteRows rows, string? weights)
    {
        if (formula.Response is FunctionCall { Function: "cbind" } pair)
            throw FormulaProblem.At(formula.Text, pair.Position, "cbind(successes, failures) with the Gaussian family",
                "one column of numbers", "Choose the binomial family.");
        RequireNumbers(formula.Response, rows.Frame, "numbers");
        return new GaussianResponse(rows.Evaluate(formula.Response, formula.Text), ReadWeights(weights, rows));
    }
}
