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

        yield return Singular(estimates, frame.Group);
    }

    private static FitCheck Convergence(Optimum optimum)
    {
        var length = optimum.Trace.Count == 0 ? double.NaN : optimum.Trace[^1].StepLength;
        var message = optimum.Reason switch
        {
            StopReason.StepIsShort => "The optimiser reached a maximum.",
            StopReason.IterationLimit => "The optimiser did not reach a maximum within its limit of iterations.",
            StopReason.NoAscent => "The optimiser stopped where no step raises the log-likelihood, short of a maximum.",
            StopReason.Divergence => "The standard deviation of the random effect grows beyond 30, and with it the likelihood: "
                + "the groups tell the outcome almost without error.",
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
        var component = free == 0 ? "" : Name(estimates.Design, worst);
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
        var component = covariance.Length == 0 ? "" : Name(estimates.Design, worst);
        return new FitCheck(CheckName.Hessian, Outcome(passed), component, least, InformationTolerance, passed
            ? "The log-likelihood is concave at the estimates."
            : $"The data hardly tell {component} from the other parameters: its standard error is not to be trusted.");
    }

    private static FitCheck Singular(Estimates estimates, CodedVariable? group)
    {
        if (group is null) return FitCheck.NotRun(CheckName.Singular, "The model has no random term.");
        return new FitCheck(CheckName.Singular, Outcome(!estimates.Singular), group.Name, estimates.Sigma, 0, estimates.Singular
            ? $"The variance between groups of {group.Name} is estimated as 0: the groups differ no more than chance would have it, "
                + "and the fit equals the model without them."
            : "The variance between groups is above 0.");
    }

    private static CheckOutcome Outcome(bool passed) => passed ? CheckOutcome.Passed : CheckOutcome.Failed;

    private static string Name(Design design, int parameter) =>
        parameter < design.Width ? design.Names[parameter].Name : "standard deviation";
}
