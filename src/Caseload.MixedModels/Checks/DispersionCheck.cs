using System.Globalization;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Checks;

/// <summary>Whether counts vary more than the Poisson family has it, so that the negative binomial family has a dispersion.</summary>
internal static class DispersionCheck
{
    internal static FitCheck Run(Estimates estimates, ModelFrame frame)
    {
        if (frame.Family != Family.NegativeBinomial)
            return FitCheck.NotRun(CheckName.Dispersion, "The family has no dispersion of its own.");
        if (double.IsFinite(estimates.Dispersion))
            return FitCheck.Passed(CheckName.Dispersion, string.Create(CultureInfo.InvariantCulture,
                $"The counts vary more than the Poisson family has it: a dispersion of {estimates.Dispersion:G4}."));
        return new FitCheck(CheckName.Dispersion, CheckOutcome.Failed, "", estimates.Dispersion, double.NaN,
            "The counts vary no more than the Poisson family has it, so the dispersion grows without bound: what is given is the fit of "
            + "the Poisson family, which the likelihood tends to. Fit that family.");
    }
}
