using Caseload.MixedModels.Designs;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Fits;

/// <summary>The estimates of a linear model from the maximum of its profiled likelihood.</summary>
internal sealed class LinearEstimates(LinearStatistics statistics, Optimum optimum)
{
    internal Estimates Complete()
    {
        var likelihood = (ProfiledLikelihood)optimum.Likelihood;
        var (at, again, covariance) = Estimates.Polish(optimum, optimum.Next.Length);
        var solution = likelihood.Solution();
        var random = RandomEstimates.Of(solution, (likelihood.Layout, likelihood.Factors), at.Next, covariance);
        var variance = solution.Deviation * solution.Deviation * Correction(solution);
        return new Estimates(statistics.Design, at, again, covariance)
        {
            Beta = solution.Beta,
            BetaCovariance = Scaled(solution.Unscaled, variance),
            ParameterNames = [.. likelihood.Factors.Elements.Select(element => element.Name)],
            Random = random.Part,
            Singular = random.Singular,
            ResidualStandardDeviation = Math.Sqrt(variance),
            Dispersion = variance,
        };
    }

    // Without random effects the residual variance is reported without bias, whatever the likelihood, as R's lm does.
    private double Correction(LinearSolution solution) => statistics.Layout.Groupings.Count > 0
        ? 1 : solution.Freedom / (statistics.Observations - statistics.Design.Width);

    private static double[,] Scaled(double[,] matrix, double factor)
    {
        var scaled = (double[,])matrix.Clone();
        for (var row = 0; row < scaled.GetLength(0); row++)
        {
            for (var column = 0; column < scaled.GetLength(1); column++) scaled[row, column] *= factor;
        }

        return scaled;
    }
}
