using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The Laplace approximation of the log-likelihood of a model with any structure of random effects: sum(l) - u'u/2 - log|H|/2 at the modes.
/// Gradient and Hessian are exact; the Hessian of a search leaves out a small part (<see cref="LaplaceHessian.Write"/>).
/// </summary>
internal sealed class SparseLaplaceLikelihood : IRandomEffectsLikelihood
{
    // Of the logarithm of a dispersion: the error of a central difference is of the square of it.
    private const double KappaStep = 1e-4;

    private readonly Design design;
    private readonly Integrand integrand;
    private readonly LaplaceGradient gradients;
    private readonly LaplaceHessian hessians;
    private readonly DispersionTerms? terms;

    // Where the gradient was last computed.
    private double[] lastPoint = [];

    /// <summary>The approximation for a design.</summary>
    /// <param name="design">The design, with the kernel of its family.</param>
    /// <param name="layout">How the random effects meet the cells.</param>
    /// <param name="terms">Of the negative binomial family, what depends on the dispersion and the counts alone; otherwise null.</param>
    internal SparseLaplaceLikelihood(Design design, RandomLayout layout, DispersionTerms? terms = null)
    {
        (this.design, this.terms) = (design, terms);
        integrand = new Integrand(design, layout);
        gradients = new LaplaceGradient(design, integrand);
        hessians = new LaplaceHessian(design, integrand, gradients);
    }

    /// <inheritdoc/>
    public int ModeCount => integrand.Layout.Pattern.Length;

    /// <inheritdoc/>
    public int FirstRandomParameter => design.Width;

    /// <inheritdoc/>
    public int DispersionParameters => terms is null ? 0 : 1;

    /// <inheritdoc/>
    public bool HasExactHessian => WithExactHessian || Layout.Groupings.Count == 1;

    /// <inheritdoc/>
    public RandomLayout Layout => integrand.Layout;

    /// <inheritdoc/>
    public CovarianceFactors Factors => integrand.Factors;

    /// <summary>
    /// Whether the Hessian of a search is exact with several groupings too, which costs factorisations for each coefficient.
    /// </summary>
    internal bool WithExactHessian { get; init; }

    /// <summary>The number of parameters.</summary>
    internal int Parameters => design.Width + integrand.Factors.Elements.Count + DispersionParameters;

    /// <inheritdoc/>
    public double Value(double[] point)
    {
        var kappa = Set(point);
        return ModeSearch.Find(integrand, new double[ModeCount]) is { } h
            ? h - integrand.Factor.LogDeterminant / 2 + (terms?.At(kappa).Value ?? 0) : double.NaN;
    }

    /// <inheritdoc/>
    public LikelihoodPoint Evaluate(double[] point, double[] modes) => Evaluate(point, modes, WithExactHessian);

    /// <inheritdoc/>
    public LikelihoodPoint Confirm(double[] point) => Evaluate(point, new double[ModeCount], complete: true);

    /// <inheritdoc/>
    public ILogLikelihood Another() => new SparseLaplaceLikelihood(design, Layout, terms) { WithExactHessian = WithExactHessian };

    private LikelihoodPoint Evaluate(double[] point, double[] modes, bool complete)
    {
        var at = Gradient(point, modes);
        if (!at.ModesFound) return at;
        hessians.Write(at.Modes, at.Hessian, complete);
        var modeSlopes = hessians.ModeSlopes;
        var slopes = new double[ModeCount * Parameters];
        for (var k = 0; k < modeSlopes.Length; k++)
        {
            for (var mode = 0; mode < ModeCount; mode++) slopes[mode * Parameters + k] = modeSlopes[k][mode];
        }

        if (terms is not null) AddKappa(point, at);
        return at with { ModeGradients = slopes };
    }

    // The row of the dispersion's logarithm, by central differences of the exact gradient.
    private void AddKappa(double[] point, LikelihoodPoint at)
    {
        var (above, below) = ((double[])point.Clone(), (double[])point.Clone());
        (above[^1], below[^1]) = (point[^1] + KappaStep, point[^1] - KappaStep);
        var (up, down) = (Gradient(above, at.Modes).Gradient, Gradient(below, at.Modes).Gradient);
        for (var k = 0; k < Parameters; k++)
            at.Hessian[Parameters - 1, k] = at.Hessian[k, Parameters - 1] = (up[k] - down[k]) / (2 * KappaStep);
    }

    /// <summary>A start for the free elements of Lambda: the standard deviations that the scores of the groups suggest, no
    /// correlations.</summary>
    /// <param name="beta">The coefficients at a maximum without random effects.</param>
    internal double[] StartingElements(double[] beta)
    {
        var elements = integrand.Factors.Elements;
        integrand.Set(beta, new double[elements.Count]);
        integrand.At(new double[ModeCount]);
        var scores = new double[ModeCount];
        integrand.Sums.GatherScores(scores);
        integrand.Sums.GatherMoments(integrand.Information);
        var deviations = new StartingDeviations(integrand.Layout, scores, integrand.Information).Find();
        return [.. elements.Select(element => element.Row == element.Column ? deviations[element.Grouping][element.Row] : 0)];
    }

    /// <inheritdoc/>
    public (double[] Effects, Factorisations.BlockMatrix Covariance) Conditional(double[] point, double[] modes)
    {
        if (!point.AsSpan().SequenceEqual(lastPoint)) Gradient(point, modes);
        var covariance = new Factorisations.BlockMatrix(integrand.Layout.Pattern);
        gradients.Inverse.Values.CopyTo(covariance.Values, 0);
        integrand.Factors.Carry(covariance);
        return (integrand.Effects, covariance);
    }

    /// <summary>The log-likelihood and its gradient; the Hessian is left at 0.</summary>
    internal LikelihoodPoint Gradient(double[] point, double[] modes)
    {
        var at = new LikelihoodPoint(double.NaN, new double[Parameters], new double[Parameters, Parameters], (double[])modes.Clone(), []);
        var kappa = Set(point);
        lastPoint = [];
        if (ModeSearch.Find(integrand, at.Modes) is not { } h) return at with { ModesFound = false };
        gradients.Write(at.Modes, at.Gradient);
        lastPoint = (double[])point.Clone();
        at = at with { LogLikelihood = h - integrand.Factor.LogDeterminant / 2 };
        if (terms is null) return at;
        var (value, slope, _) = terms.At(kappa);
        at.Gradient[^1] = slope + gradients.ByKappa((NegativeBinomialKernel)integrand.Kernel);
        return at with { LogLikelihood = at.LogLikelihood + value };
    }

    // Of the negative binomial family the kernel depends on the last parameter, which is returned.
    private double Set(double[] point)
    {
        integrand.Set(point.AsMemory(0, design.Width), point.AsSpan(design.Width));
        if (terms is not null) integrand.Kernel = new NegativeBinomialKernel(point[^1]);
        return point[^1];
    }
}
