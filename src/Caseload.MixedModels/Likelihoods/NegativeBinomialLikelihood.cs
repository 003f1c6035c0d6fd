using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The negative binomial log-likelihood without random effects, of the coefficients and then of kappa, the logarithm of the dispersion,
/// with exact derivatives.
/// </summary>
internal sealed class NegativeBinomialLikelihood(Design design, DispersionTerms terms) : ILogLikelihood
{
    /// <inheritdoc/>
    public int ModeCount => 0;

    /// <inheritdoc/>
    public int FirstRandomParameter => design.Width;

    /// <inheritdoc/>
    public int DispersionParameters => 1;

    /// <inheritdoc/>
    public double Value(double[] point)
    {
        var (kernel, eta) = (new NegativeBinomialKernel(point[^1]), design.Predict(point.AsMemory(0, design.Width)));
        var sum = terms.At(point[^1]).Value;
        for (var cell = 0; cell < eta.Length; cell++)
            sum += kernel.At(design.Cells.Successes[cell], design.Cells.Trials[cell], eta[cell]).LogLikelihood;
        return sum;
    }

    /// <inheritdoc/>
    public ILogLikelihood Another() => this;

    /// <inheritdoc/>
    public LikelihoodPoint Confirm(double[] point) => Evaluate(point, []);

    /// <inheritdoc/>
    public LikelihoodPoint Evaluate(double[] point, double[] modes)
    {
        var (kernel, eta, last) = (new NegativeBinomialKernel(point[^1]), design.Predict(point.AsMemory(0, design.Width)), design.Width);
        var (score, weight, mixed) = (new double[eta.Length], new double[eta.Length], new double[eta.Length]);
        var (value, slope, curve) = terms.At(point[^1]);
        for (var cell = 0; cell < eta.Length; cell++)
        {
            var at = kernel.At(design.Cells.Successes[cell], design.Cells.Trials[cell], eta[cell]);
            var by = kernel.ByKappa(design.Cells.Successes[cell], design.Cells.Trials[cell], eta[cell]);
            (value, slope, curve) = (value + at.LogLikelihood, slope + by.Slope, curve + by.Curve);
            (score[cell], weight[cell], mixed[cell]) = (at.Score, -at.Weight, by.Score);
        }

        var (gradient, crossed, hessian) = (new double[last + 1], new double[last], new double[last + 1, last + 1]);
        design.Operator.AddTranspose(score, gradient.AsSpan(0, last));
        design.Operator.AddTranspose(mixed, crossed);
        design.Operator.AddGram(weight, hessian);
        (gradient[last], hessian[last, last]) = (slope, curve);
        for (var row = 0; row < last; row++)
        {
            hessian[last, row] = hessian[row, last] = crossed[row];
            for (var column = 0; column < row; column++) hessian[column, row] = hessian[row, column];
        }

        return new LikelihoodPoint(value, gradient, hessian, [], []);
    }
}
