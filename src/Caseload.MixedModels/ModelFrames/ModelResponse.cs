using Caseload.Frames;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.ModelFrames;

/// <summary>The response in each row, as the two numbers whose sums over equal rows the log-likelihood depends on.</summary>
/// <param name="Successes">
/// The successes; of counts and of numbers, the response times its prior weight. Times how many rows the row stands for.
/// </param>
/// <param name="Trials">The trials; of counts and of numbers, the prior weight. Likewise multiplied; from 0.</param>
/// <param name="Frequencies">How many equal rows each row stands for, from 0; null where each stands for itself.</param>
public abstract record ModelResponse(double[] Successes, double[] Trials, double[]? Frequencies)
{
    /// <summary>The number of observations: of rows, each counted as often as its frequency says.</summary>
    public int Observations => Frequencies is null ? Trials.Length : (int)Frequencies.Sum();

    /// <summary>The part of the log-likelihood that depends on no parameter, summed over the rows as they were given.</summary>
    public abstract double LogConstant();

    /// <summary>Reads the left side of a formula as the family asks.</summary>
    /// <exception cref="ProblemException">The data are not of the family; the message gives the row.</exception>
    internal static ModelResponse Read(ModelFormula formula, CompleteRows rows, FitSettings settings)
    {
        var frequencies = ReadFrequencies(settings, rows);
        ModelResponse response = settings.Family switch
        {
            Family.Binomial => BinomialResponse.Read(formula, rows, settings.Weights),
            Family.Gaussian => GaussianResponse.Read(formula, rows, settings.Weights),
            _ => CountResponse.Read(formula, rows, settings.Weights),
        };
        return frequencies is null ? response : response with
        {
            Successes = [.. response.Successes.Zip(frequencies, (s, f) => s * f)],
            Trials = [.. response.Trials.Zip(frequencies, (t, f) => t * f)],
            Frequencies = frequencies,
        };
    }

    /// <summary>The column of prior weights, or 1 in every row.</summary>
    private protected static double[] ReadWeights(string? column, CompleteRows rows)
    {
        var weights = new double[rows.Numbers.Length];
        if (column is null)
        {
            Array.Fill(weights, 1.0);
            return weights;
        }

        rows.Frame.Number(column).Values.CopyTo(weights);
        var bad = Array.FindIndex(weights, weight => !(weight >= 0 && double.IsFinite(weight)));
        return bad < 0 ? weights : throw rows.Fail(bad, column, "a prior weight that is negative or not finite", "a number from 0");
    }

    /// <summary>How many rows a row stands for.</summary>
    private protected double Frequency(int row) => Frequencies is null ? 1 : Frequencies[row];

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

    // A row that stands for some equal rows of the source, each of which stands for some rows, stands for the product.
    private static double[]? ReadFrequencies(FitSettings settings, CompleteRows rows)
    {
        double[]? frequencies = null;
        foreach (var column in new[] { settings.RowCounts, settings.Frequencies }.OfType<string>())
        {
            double[] read = [.. rows.Frame.Number(column).Values];
            var bad = Array.FindIndex(read, frequency => !IsCount(frequency));
            if (bad >= 0) throw rows.Fail(bad, column, "a frequency that is negative or not whole", "a whole number from 0");
            frequencies = frequencies is null ? read : [.. frequencies.Zip(read, (a, b) => a * b)];
        }

        return frequencies is null || frequencies.Sum() <= int.MaxValue ? frequencies : throw new ProblemException(new Problem(ProblemKind.CheckFailed,
            "frequencies that add up to more than 2,147,483,647 rows", "fewer", $"column {settings.Frequencies ?? settings.RowCounts}",
            "Fit fewer rows, or give prior weights."));
    }
}
