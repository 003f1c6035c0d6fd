using Caseload.MixedModels.Checks;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Fits;

/// <summary>What quasi-likelihood found.</summary>
/// <param name="Estimates">The estimates; null where no working model has any.</param>
/// <param name="IsSettled">Whether the last working model has the estimates that it was made from.</param>
/// <param name="Trace">The steps: one a working model.</param>
internal sealed record QuasiLikelihoodEstimates(Estimates? Estimates, bool IsSettled, IReadOnlyList<OptimiserStep> Trace)
{
    /// <summary>The checks: those of a likelihood have nothing to check.</summary>
    internal IEnumerable<FitCheck> Checks(ModelFrame frame)
    {
        yield return new FitCheck(CheckName.Convergence, IsSettled ? CheckOutcome.Passed : CheckOutcome.Failed, "",
            Trace.Count == 0 ? double.NaN : Trace[^1].StepLength, QuasiLikelihoodSearch.Tolerance, IsSettled
                ? "The working linear model at the estimates has the same estimates."
                : "The working linear models did not settle within their limit of iterations. Fit by maximum likelihood.");
        yield return FitCheck.NotRun(CheckName.Gradient, "Quasi-likelihood maximises no likelihood of the data.");
        if (Estimates is { Covariance: not null })
            yield return FitCheck.Passed(CheckName.Hessian, "The likelihood of the working linear model is concave at the estimates.");
        else
        {
            yield return new FitCheck(CheckName.Hessian, CheckOutcome.Failed, "", double.NaN, double.NaN,
                "The likelihood of the working linear model is not concave at the estimates, so these have no standard errors.");
        }

        if (Estimates is not null)
        {
            foreach (var check in FitChecks.Singular(Estimates, frame)) yield return check;
        }

        yield return FitCheck.NotRun(CheckName.QuadratureStability, "Quasi-likelihood has no integral to approximate.");
        yield return FitCheck.NotRun(CheckName.Dispersion, "The dispersion is fixed at 1.");
    }
}
