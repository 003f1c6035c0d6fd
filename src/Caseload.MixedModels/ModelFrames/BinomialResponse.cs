using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Formulas;
using MathNet.Numerics;

namespace Caseload.MixedModels.ModelFrames;

/// <summary>Successes and trials in each row.</summary>
/// <param name="RowSuccesses">Whole numbers from 0.</param>
/// <param name="RowTrials">Whole numbers, at least the successes.</param>
public sealed record BinomialResponse(double[] RowSuccesses, double[] RowTrials) : ModelResponse(RowSuccesses, RowTrials, null)
{
    // A proportion is often written with a few decimals; R's binomial family takes as much for a whole number of successes.
    private const double Rounding = 1e-3;

    /// <summary>
    /// The part of the log-likelihood that depends on no parameter: the sum of the logarithms of the binomial coefficients, which are 1
    /// for rows of a single trial. Summed over the distinct pairs in order, so that the order of rows does not show.
    /// </summary>
    /// <returns>0 or more.</returns>
    public override double LogConstant()
    {
        var pairs = new Dictionary<(double, double), double>();
        for (var row = 0; row < RowTrials.Length; row++)
        {
            if (RowTrials[row] <= 1) continue;
            var pair = (RowTrials[row], RowSuccesses[row]);
            pairs[pair] = pairs.GetValueOrDefault(pair) + Frequency(row);
        }

        return pairs.OrderBy(pair => pair.Key)
            .Sum(pair => pair.Value * (SpecialFunctions.GammaLn(pair.Key.Item1 + 1) - SpecialFunctions.GammaLn(pair.Key.Item2 + 1)
                - SpecialFunctions.GammaLn(pair.Key.Item1 - pair.Key.Item2 + 1)));
    }

    /// <summary>Reads the left side of a formula: a 0/1 or flag column, <c>cbind(successes, failures)</c>, or a proportion with trials as
    /// weights.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="rows">The rows without missing cells.</param>
    /// <param name="weights">The column of trials, or null.</param>
    /// <exception cref="ProblemException">The data are not of the binomial family; the message gives the row.</exception>
    internal static BinomialResponse Read(ModelFormula formula, CompleteRows rows, string? weights)
    {
        if (formula.Response is FunctionCall { Function: "cbind" } pair) return ReadPair(formula, pair, rows, weights);
        RequireNumbers(formula.Response, rows.Frame, "0 and 1, or true and false");
        var outcome = Arithmetic.Evaluate(formula.Response, rows.Frame, formula.Text);
        var trials = weights is null ? null : rows.Frame.Number(weights).Values;
        var successes = new double[outcome.Length];
        var counts = new double[outcome.Length];
        var name = FormulaText.Of(formula.Response);
        for (var row = 0; row < outcome.Length; row++)
        {
            if (weights is null && outcome[row] is not (0 or 1))
                throw rows.Fail(row, name, "a response that is neither 0 nor 1",
                    "0 or 1, a flag, cbind(successes, failures), or a proportion whose trials are given as weights");
            counts[row] = weights is null ? 1 : trials![row];
            if (!IsCount(counts[row])) throw rows.Fail(row, weights!, "a number of trials that is negative or not whole",
                "a whole number from 0");
            if (!(outcome[row] is >= 0 and <= 1)) throw rows.Fail(row, name, "a proportion outside 0 to 1", "a number from 0 to 1");
            successes[row] = Math.Round(outcome[row] * counts[row]);
            if (Math.Abs(outcome[row] * counts[row] - successes[row]) > Rounding)
                throw rows.Fail(row, name,
                    $"a proportion that is no whole number of successes in {counts[row].ToString(CultureInfo.InvariantCulture)} trials",
                    "successes divided by trials");
        }

        return new BinomialResponse(successes, counts);
    }

    private static BinomialResponse ReadPair(ModelFormula formula, FunctionCall pair, CompleteRows rows, string? weights)
    {
        if (pair.Arguments.Count != 2)
            throw FormulaProblem.At(formula.Text, pair.Position, $"cbind() with {pair.Arguments.Count} arguments",
                "successes and failures", "Give it both.");
        if (weights is not null)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, "weights beside cbind(successes, failures)",
                "one of them: cbind holds the number of trials", "weights", "Leave the weights out."));
        var counts = pair.Arguments.Select(argument => Arithmetic.Evaluate(argument, rows.Frame, formula.Text)).ToArray();
        for (var side = 0; side < 2; side++)
        {
            for (var row = 0; row < counts[side].Length; row++)
            {
                if (!IsCount(counts[side][row]))
                    throw rows.Fail(row, FormulaText.Of(pair.Arguments[side]), "a count that is negative or not whole",
                        "a whole number from 0");
            }
        }

        return new BinomialResponse(counts[0], [.. counts[0].Zip(counts[1], (s, f) => s + f)]);
    }
}
