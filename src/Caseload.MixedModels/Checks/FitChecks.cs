using System.Globalization;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Checks;

/// <summary>Checks of the estimates. What the optimiser says of itself is not taken for granted.</summary>
internal static class FitChecks
{
    // In standard errors: at this distance from the maximum no reported digit is in doubt.
    private const double GradientTolerance = 1e-5;

    // The share of a parameter's information that the other parameters leave it.
    private const double InformationTolerance = 1e-9;

    /// <summary>The standard deviation, for a column of root mean square 1, below which random effects do not vary.</summary>
    internal const double SingularTolerance = 1e-4;

    internal static IEnumerable<FitCheck> Run(Estimates estimates, ModelFrame frame)
    {
        yield return Convergence(estimates.Optimum);
        if (estimates.Covariance is null || !estimates.Again.ModesFound)
        {
            yield return FitCheck.NotRun(CheckName.Gradient, "Without standard errors there is no scale to hold the gradient against.");
            yield return new FitCheck(CheckName.Hessian, CheckOutcome.Failed, "", double.NaN, InformationTolerance,
                "The log-likelihood is not concave where the optimiser stopped, so the estimates have no standard errors.");
        }
        else
        {
            yield return Gradient(estimates, estimates.Covariance);
            yield return Hessian(estimates, estimates.Covariance);
        }

        foreach (var check in Singular(estimates, frame)) yield return check;
        yield return QuadratureCheck.Run(estimates, frame);
        yield return DispersionCheck.Run(estimates, frame);
    }

    private static FitCheck Convergence(Optimum optimum)
    {
        var length = optimum.Trace.Count == 0 ? double.NaN : optimum.Trace[^1].StepLength;
        var message = optimum.Reason switch
        {
            StopReason.StepIsShort => "The optimiser reached a maximum.",
            StopReason.IterationLimit => "The optimiser did not reach a maximum within its limit of iterations.",
            StopReason.NoAscent => "The optimiser stopped where no step raises the log-likelihood, short of a maximum.",
            StopReason.Divergence => string.Create(CultureInfo.InvariantCulture,
                $"The standard deviation of the random effect grows beyond {optimum.Likelihood.LargestDeviation}, and with it the ")
                + "likelihood: the groups tell the outcome almost without error.",
            _ => "The modes of the random effects could not be found to 1e-12.",
        };
        return new FitCheck(CheckName.Convergence, Outcome(optimum.Reason == StopReason.StepIsShort), "", length, double.NaN, message);
    }

    private static FitCheck Gradient(Estimates estimates, double[,] covariance)
    {
        var free = covariance.GetLength(0);
        var gradient = estimates.Again.Gradient;
        var (square, worst, largest) = (0.0, 0, 0.0);
        for (var row = 0; row < free; row++)
        {
            for (var column = 0; column < free; column++) square += gradient[row] * covariance[row, column] * gradient[column];
            if (Math.Abs(gradient[row]) * Math.Sqrt(covariance[row, row]) is var size && size > largest) (worst, largest) = (row, size);
        }

        var length = Math.Sqrt(Math.Max(square, 0));
        var passed = length <= GradientTolerance;
        var message = passed
            ? "The gradient at the estimates, computed anew, is 0."
            : string.Create(CultureInfo.InvariantCulture,
                $"The gradient at the estimates is not 0: a maximum lies {length:G3} standard errors away.");
        var component = free == 0 ? "" : estimates.ParameterNames[worst];
        return new FitCheck(CheckName.Gradient, Outcome(passed), component, length, GradientTolerance, message);
    }

    // 1 / (information of a parameter times its variance) is the share of its information that is left once the others are estimated too.
    private static FitCheck Hessian(Estimates estimates, double[,] covariance)
    {
        var (worst, least) = (0, 1.0);
        for (var k = 0; k < covariance.GetLength(0); k++)
        {
            if (1 / (-estimates.Again.Hessian[k, k] * covariance[k, k]) is var share && share < least) (worst, least) = (k, share);
        }

        var passed = least >= InformationTolerance;
        var component = covariance.Length == 0 ? "" : estimates.ParameterNames[worst];
        return new FitCheck(CheckName.Hessian, Outcome(passed), component, least, InformationTolerance, passed
            ? "The log-likelihood is concave at the estimates."
            : $"The data hardly tell {component} from the other parameters: its standard error is not to be trusted.");
    }

    /// <summary>One check a direction in which the random effects do not vary; otherwise one for all.</summary>
    internal static IEnumerable<FitCheck> Singular(Estimates estimates, ModelFrame frame)
    {
        if (frame.Groupings.Count == 0) return [FitCheck.NotRun(CheckName.Singular, "The model has no random term.")];
        if (estimates.Singular.Count == 0)
            return [FitCheck.Passed(CheckName.Singular, "The random effects vary in every direction.")];
        return estimates.Singular.Select(direction => new FitCheck(CheckName.Singular, CheckOutcome.Failed,
            $"{direction.Group}: {direction.Direction}", direction.StandardDeviation, SingularTolerance, Tell(direction, frame)));
    }

    private static string Tell(SingularDirection direction, ModelFrame frame) => frame.Formula.HasOneRandomIntercept
        ? $"The variance between groups of {direction.Group} is estimated as 0: the groups differ no more than chance would have it, "
            + "and the fit equals the model without them."
        : $"The variance of {direction.Direction} between groups of {direction.Group} is estimated as 0: in that direction the groups "
            + "differ no more than chance would have it. Drop a random effect or its correlation.";

    private static CheckOutcome Outcome(bool passed) => passed ? CheckOutcome.Passed : CheckOutcome.Failed;
}
