using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Resampling;

/// <summary>Puts one number a row in the place of a model's response.</summary>
internal static class Responses
{
    /// <summary>The model's data with another response: successes, counts or numbers.</summary>
    internal static ModelFrame Responding(this ModelFrame frame, double[] values) => frame with
    {
        Response = frame.Response switch
        {
            BinomialResponse binomial => binomial with { RowSuccesses = values, Successes = values },
            CountResponse counts => new CountResponse(values, counts.Weights),
            var numbers => new GaussianResponse(values, ((GaussianResponse)numbers).Weights),
        },
    };

    /// <summary>Stops at a response that is not one of the model's rows and family.</summary>
    /// <exception cref="ProblemException">The number of rows differs (wrong usage), or a number is not of the family (check
    /// failed).</exception>
    internal static void Require(ModelFrame frame, IReadOnlyList<double> values)
    {
        if (frame.Response is not BinomialResponse && frame.Response.Frequencies is not null)
            throw Wrong(ProblemKind.WrongUsage, "a response for rows that stand for several equal ones", "a row an observation", "",
                "Fit the rows written out.");
        if (values.Count != frame.Rows)
            throw Wrong(ProblemKind.WrongUsage, string.Create(CultureInfo.InvariantCulture, $"a response of {values.Count} rows"),
                string.Create(CultureInfo.InvariantCulture, $"{frame.Rows}, a number for each row that the fit used"), "",
                "Leave out the rows that the fit left out.");
        for (var row = 0; row < values.Count; row++)
        {
            if (!IsOf(frame, row, values[row]))
                throw Wrong(ProblemKind.CheckFailed, "a response that is not of the family", Expected(frame.Family),
                    string.Create(CultureInfo.InvariantCulture, $"row {row + 1} of those used"), "Correct the response.");
        }
    }

    private static bool IsOf(ModelFrame frame, int row, double value) => frame.Family switch
    {
        Family.Gaussian => double.IsFinite(value),
        Family.Binomial => value >= 0 && value <= frame.Response.Trials[row] && Math.Floor(value) == value,
        _ => value >= 0 && double.IsFinite(value) && Math.Floor(value) == value,
    };

    private static string Expected(Family family) => family switch
    {
        Family.Gaussian => "a finite number",
        Family.Binomial => "a whole number of successes, from 0 to the row's trials",
        _ => "a whole number from 0",
    };

    private static ProblemException Wrong(ProblemKind kind, string found, string expected, string where, string remedy) =>
        new(new Problem(kind, found, expected, where, remedy));
}
