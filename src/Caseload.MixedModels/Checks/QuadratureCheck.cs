using System.Globalization;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Checks;

/// <summary>
/// Whether the integrals are approximated well enough: how far the maximum of the likelihood by 2K + 1 points lies from the estimates by K,
/// by one Newton step, in standard errors. docs/method.md says why.
/// </summary>
internal static class QuadratureCheck
{
    // In standard errors. An estimate that is off by this much loses its interval of 95% a tenth of a percentage point of coverage.
    private const double Tolerance = 0.1;

    // What is advised where more points are needed: enough for a standard deviation of 4 in groups of a few outcomes each.
    private const int Advised = 25;

    internal static FitCheck Run(Estimates estimates, ModelFrame frame)
    {
        if (frame.Groupings.Count == 0) return NotRun("The model has no random term.");
        if (frame.Family == Family.Gaussian) return NotRun("The likelihood of a Gaussian model is exact.");
        if (frame.Groupings.Count > 1) return NotRun("Quadrature does not apply to nested or crossed groupings.");
        if (frame.Groupings[0].Effects > FitSettings.MostQuadratureEffects)
            return NotRun($"Quadrature does not apply to more than {FitSettings.MostQuadratureEffects} effects of a group.");
        if (estimates.Singular.Count > 0 && estimates.Finer is null)
            return NotRun("Without a variance between groups there is no integral to approximate.");
        if (estimates.Finer is not { } finer) return NotRun($"There is no rule of more than {GaussHermite.MostPoints} points.");
        if (estimates.Covariance is not { } covariance || !finer.At.ModesFound)
            return NotRun("Without standard errors there is no scale to hold a difference against.");
        return Judge(estimates, finer, covariance);
    }

    private static FitCheck Judge(Estimates estimates, FinerQuadrature finer, double[,] covariance)
    {
        var (square, worst, largest) = (0.0, 0, 0.0);
        for (var row = 0; row < covariance.GetLength(0); row++)
        {
            var shift = 0.0;
            for (var column = 0; column < covariance.GetLength(0); column++) shift += covariance[row, column] * finer.At.Gradient[column];
            square += finer.At.Gradient[row] * shift;
            if (Math.Abs(shift) / Math.Sqrt(covariance[row, row]) is var size && size > largest) (worst, largest) = (row, size);
        }

        var length = Math.Sqrt(Math.Max(square, 0));
        var passed = length <= Tolerance;
        var told = string.Create(CultureInfo.InvariantCulture,
            $"With {finer.Points} quadrature points the log-likelihood at the estimates differs by "
            + $"{finer.At.LogLikelihood - estimates.Again.LogLikelihood:G3} and its maximum lies {length:G3} standard errors away");
        return new FitCheck(CheckName.QuadratureStability, passed ? CheckOutcome.Passed : CheckOutcome.Failed,
            estimates.ParameterNames[worst], length, Tolerance, passed ? told + "." : told + ", the most in "
            + $"{estimates.ParameterNames[worst]}: the integrals over the random effects are approximated too roughly. "
            + $"Use more points: {Remedy(finer.Points)}.");
    }

    private static string Remedy(int finer) => string.Create(CultureInfo.InvariantCulture, $"--quadrature {Math.Max(Advised, finer)}");

    private static FitCheck NotRun(string why) => FitCheck.NotRun(CheckName.QuadratureStability, why);
}
