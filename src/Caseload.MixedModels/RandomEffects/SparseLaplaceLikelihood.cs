using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The Laplace approximation of the log-likelihood of a model with any structure of random effects: sum(l) - u'u/2 - log|H|/2 at the modes.
/// Gradient and Hessian are exact.
/// </summary>
internal sealed class SparseLaplaceLikelihood : ILogLikelihood
{
    private readonly Design design;
    private readonly Integrand integrand;
    private readonly LaplaceGradient gradients;
    private readonly LaplaceHessian hessians;

    internal SparseLaplaceLikelihood(Design design, RandomLayout layout)
    {
        this.design = design;
        integrand = new Integrand(design, layout);
        gradients = new LaplaceGradient(design, integrand);
        hessians = new LaplaceHessian(design, integrand, gradients);
    }

    /// <inheritdoc/>
    public int ModeCount => integrand.Layout.Pattern.Length;

    /// <inheritdoc/>
    public int FirstRandomParameter => design.Width;

    /// <summary>The number of parameters.</summary>
    internal int Parameters => design.Width + integrand.Factors.Elements.Count;

    /// <summary>How the random effects meet the cells.</summary>
    internal RandomLayout Layout => integrand.Layout;

    /// <summary>The factors of the covariance matrices, at the parameters of the last evaluation.</summary>
    internal CovarianceFactors Factors => integrand.Factors;

    /// <inheritdoc/>
    public double Value(double[] point)
    {
        integrand.Set(point.AsMemory(0, design.Width), point.AsSpan(design.Width));
        return ModeSearch.Find(integrand, new double[ModeCount]) is { } h ? h - integrand.Factor.LogDeterminant / 2 : double.NaN;
    }

    /// <inheritdoc/>
    public LikelihoodPoint Evaluate(double[] point, double[] modes)
    {
        var at = Gradient(point, modes);
        if (!at.ModesFound) return at;
        hessians.Write(at.Modes, at.Hessian);
        var slopes = new double[ModeCount * Parameters];
        for (var k = 0; k < Parameters; k++)
        {
            for (var mode = 0; mode < ModeCount; mode++) slopes[mode * Parameters + k] = hessians.ModeSlopes[k][mode];
        }

        return at with { ModeGradients = slopes };
    }

    /// <inheritdoc/>
    public LikelihoodPoint Confirm(double[] point) => Evaluate(point, new double[ModeCount]);

    /// <summary>The random effects b at a point and the conditional covariances of those of each group, block after block.</summary>
    /// <param name="point">The parameters.</param>
    /// <param name="modes">The modes there.</param>
    internal (double[] Effects, Factorisations.BlockMatrix Covariance) Conditional(double[] point, double[] modes)
    {
        Gradient(point, modes);
        var covariance = new Factorisations.BlockMatrix(integrand.Layout.Pattern);
        gradients.Inverse.Values.CopyTo(covariance.Values, 0);
        integrand.Factors.Carry(covariance);
        return (integrand.Effects, covariance);
    }

    /// <summary>The log-likelihood and its gradient; the Hessian is left at 0.</summary>
    internal LikelihoodPoint Gradient(double[] point, double[] modes)
    {
        var at = new LikelihoodPoint(double.NaN, new double[Parameters], new double[Parameters, Parameters], (double[])modes.Clone(), []);
        integrand.Set(point.AsMemory(0, design.Width), point.AsSpan(design.Width));
        if (ModeSearch.Find(integrand, at.Modes) is not { } h) return at with { ModesFound = false };
        gradients.Write(at.Modes, at.Gradient);
        return at with { LogLikelihood = h - integrand.Factor.LogDeterminant / 2 };
    }
}
