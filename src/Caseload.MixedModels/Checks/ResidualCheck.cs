using System.Globalization;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Checks;

/// <summary>Checks that a linear model leaves something to estimate the residual variance from.</summary>
internal static class ResidualCheck
{
    // Residuals of this share of the response are rounding.
    private const double Rounding = 1e-11;

    /// <summary>Of columns that the check of rank lets pass, but only just.</summary>
    internal static FitCheck Dependent { get; } = new(CheckName.Hessian, CheckOutcome.Failed, "", double.NaN, double.NaN,
        "The columns of the design are so nearly dependent that their coefficients cannot be told apart.");

    /// <summary>Of random effects that leave no residuals.</summary>
    internal static FitCheck RandomPart { get; } = new(CheckName.ResidualVariance, CheckOutcome.Failed, "", 0, double.NaN,
        "The groups reproduce the response without error: the residual variance is 0, and the likelihood has no maximum.");

    /// <summary>Whether the response varies.</summary>
    internal static FitCheck Varies(GaussianResponse response) => response.Values.Any(value => value != response.Values[0])
        ? FitCheck.Passed(CheckName.Outcome, "The outcome varies.")
        : new FitCheck(CheckName.Outcome, CheckOutcome.Failed, "", 0, double.NaN,
            "The response is the same number in every row: it does not vary, and there is nothing to explain.");

    /// <summary>A failure where there are too few observations for the coefficients or for a grouping; otherwise null.</summary>
    internal static FitCheck? Counts(ModelFrame frame, int coefficients)
    {
        if (frame.Observations <= coefficients)
            return Failed("", coefficients, frame,
                string.Create(CultureInfo.InvariantCulture, $"{coefficients} coefficients for {frame.Observations} observations ")
                + "leave nothing to estimate the residual variance from.");

        // Where prior weights differ, residuals differ in variance and the effects of groups do not.
        if (((GaussianResponse)frame.Response).Weights is var weights && weights.Any(weight => weight != weights[0])) return null;
        var most = frame.LargestGrouping?.Groups;
        return most is null || most.Size < frame.Observations ? null : Failed(most.Name, most.Size, frame,
            string.Create(CultureInfo.InvariantCulture, $"{most.Name} has {most.Size} groups for {frame.Observations} observations: ")
            + "the variance between groups and the residual variance cannot be told apart.");
    }

    /// <summary>A failure where the fixed effects leave no residuals; otherwise null.</summary>
    internal static FitCheck? FixedPart(LinearStatistics statistics)
    {
        var width = statistics.Design.Width;
        var share = Math.Sqrt(statistics.Products[width, width] / statistics.Size);
        return share > Rounding ? null : new FitCheck(CheckName.ResidualVariance, CheckOutcome.Failed, "", share, Rounding,
            "The covariates reproduce the response without error: the residual variance is 0, and the likelihood has no maximum.");
    }

    private static FitCheck Failed(string component, int value, ModelFrame frame, string message) =>
        new(CheckName.ResidualVariance, CheckOutcome.Failed, component, value, frame.Observations, message);
}
