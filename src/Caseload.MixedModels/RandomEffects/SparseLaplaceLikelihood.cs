using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The Laplace approximation of the log-likelihood of a model with any structure of random effects: sum(l) - u'u/2 - log|H|/2 at the modes.
/// The gradient is exact. The Hessian of <see cref="Evaluate"/> leaves out what log|H| adds to the coefficients' block, which is of the
/// order of one observation a group, and takes the rows of the random effects from differences of gradients; that of
/// <see cref="Confirm"/> is by central differences of exact gradients throughout.
/// </summary>
internal sealed class SparseLaplaceLikelihood : IRandomEffectsLikelihood
{
    // In units of a standard deviation of a covariate of root mean square 1, on the scale of the link.
    private const double ForwardStep = 1e-5;

    private readonly Design design;
    private readonly Integrand integrand;
    private readonly LaplaceGradient gradients;
    private readonly DispersionTerms? terms;

    /// <summary>The approximation for a design.</summary>
    /// <param name="design">The design, with the kernel of its family.</param>
    /// <param name="layout">How the random effects meet the cells.</param>
    /// <param name="terms">Of the negative binomial family, what depends on the dispersion and the counts alone; otherwise null.</param>
    internal SparseLaplaceLikelihood(Design design, RandomLayout layout, DispersionTerms? terms = null)
    {
        (this.design, this.terms) = (design, terms);
        integrand = new Integrand(design, layout);
        gradients = new LaplaceGradient(design, integrand);
    }

    /// <inheritdoc/>
    public int ModeCount => integrand.Layout.Pattern.Length;

    /// <inheritdoc/>
    public int FirstRandomParameter => design.Width;

    /// <inheritdoc/>
    public int DispersionParameters => terms is null ? 0 : 1;

    /// <inheritdoc/>
    public RandomLayout Layout => integrand.Layout;

    /// <inheritdoc/>
    public CovarianceFactors Factors => integrand.Factors;

    private int Parameters => design.Width + integrand.Factors.Elements.Count + DispersionParameters;

    /// <inheritdoc/>
    public double Value(double[] point)
    {
        var kappa = Set(point);
        return ModeSearch.Find(integrand, new double[ModeCount]) is { } h
            ? h - integrand.Factor.LogDeterminant / 2 + (terms?.At(kappa).Value ?? 0) : double.NaN;
    }

    /// <inheritdoc/>
    public LikelihoodPoint Evaluate(double[] point, double[] modes)
    {
        var at = Gradient(point, modes);
        if (!at.ModesFound) return at;
        AddSchurComplement(at.Hessian);
        for (var k = design.Width; k < Parameters; k++)
        {
            var there = Gradient(Moved(point, k, ForwardStep), at.Modes);
            for (var i = 0; i < Parameters; i++)
            {
                var second = (there.Gradient[i] - at.Gradient[i]) / ForwardStep;
                if (i >= design.Width) at.Hessian[k, i] += second / 2;
                at.Hessian[i, k] += i < design.Width ? second : second / 2;
                if (i < design.Width) at.Hessian[k, i] += second;
            }
        }

        return at;
    }

    /// <inheritdoc/>
    public LikelihoodPoint Confirm(double[] point)
    {
        var rough = Evaluate(point, new double[ModeCount]);
        if (!rough.ModesFound) return rough;
        return rough with { Hessian = CentralDifferences.Hessian(at => Gradient(at, rough.Modes).Gradient, point, rough.Hessian) };
    }

    /// <inheritdoc/>
    public (double[] Effects, Factorisations.BlockMatrix Covariance) Conditional(double[] point, double[] modes)
    {
        Gradient(point, modes);
        var covariance = new Factorisations.BlockMatrix(integrand.Layout.Pattern);
        gradients.Inverse.Values.CopyTo(covariance.Values, 0);
        integrand.Factors.Carry(covariance);
        return (integrand.Effects, covariance);
    }

    private static double[] Moved(double[] point, int parameter, double step)
    {
        var moved = (double[])point.Clone();
        moved[parameter] += step;
        return moved;
    }

    private LikelihoodPoint Gradient(double[] point, double[] modes)
    {
        var at = new LikelihoodPoint(double.NaN, new double[Parameters], new double[Parameters, Parameters], (double[])modes.Clone(), []);
        var kappa = Set(point);
        if (ModeSearch.Find(integrand, at.Modes) is not { } h) return at with { ModesFound = false };
        gradients.Write(at.Modes, at.Gradient);
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

    // -(X'WX - X'WZ Lambda H^-1 Lambda'Z'WX), into the leading block.
    private void AddSchurComplement(double[,] hessian)
    {
        var (width, columns) = (design.Width, design.Operator.Columns());
        design.Operator.AddGram(integrand.Weight, hessian);
        var crossed = new double[width][];
        for (var k = 0; k < width; k++)
        {
            var column = columns[k];
            integrand.ForEachRun((run, cells) =>
            {
                var x = column.AsSpan(cells);
                var w = integrand.Weight.AsSpan(cells);
                Span<double> weighted = x.Length <= 256 ? stackalloc double[x.Length] : new double[x.Length];
                for (var i = 0; i < x.Length; i++) weighted[i] = x[i] * w[i];
                integrand.Sums.SetScores(run, weighted);
            });
            crossed[k] = new double[ModeCount];
            integrand.Sums.GatherScores(crossed[k]);
            integrand.Factors.MultiplyTransposed(crossed[k], crossed[k]);
        }

        var solved = new double[ModeCount];
        for (var k = 0; k < width; k++)
        {
            crossed[k].CopyTo(solved, 0);
            integrand.Factor.Solve(solved);
            for (var i = k; i < width; i++)
            {
                hessian[i, k] = Vectors.Dot(crossed[i], solved) - hessian[i, k];
                hessian[k, i] = hessian[i, k];
            }
        }
    }
}
