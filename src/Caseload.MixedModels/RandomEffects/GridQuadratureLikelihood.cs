using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The log-likelihood of a model with one grouping and any few effects of each group, by adaptive Gauss-Hermite quadrature on a grid of K
/// nodes by K and so on (Pinheiro and Chao 2006). The gradient is exact; the Hessian of <see cref="Evaluate"/> takes the rows of all
/// parameters but the coefficients from differences of gradients and leaves out what the nodes' movement adds to the others, that of
/// <see cref="Confirm"/> is by central differences throughout.
/// </summary>
internal sealed class GridQuadratureLikelihood : IRandomEffectsLikelihood
{
    // In units of a standard deviation of a covariate of root mean square 1, on the scale of the link.
    private const double ForwardStep = 1e-5;

    private readonly Design design;
    private readonly GaussHermite rule;
    private readonly DispersionTerms? terms;
    private readonly Integrand integrand;
    private readonly GridPart[] parts;
    private readonly GridPoint room;

    /// <summary>The approximation for a design.</summary>
    /// <param name="design">The design, with the kernel of its family.</param>
    /// <param name="layout">How the random effects, of one grouping, meet the cells.</param>
    /// <param name="rule">The rule for one effect.</param>
    /// <param name="terms">Of the negative binomial family, what depends on the dispersion and the counts alone; otherwise null.</param>
    internal GridQuadratureLikelihood(Design design, RandomLayout layout, GaussHermite rule, DispersionTerms? terms = null)
    {
        (this.design, this.rule, this.terms) = (design, rule, terms);
        integrand = new Integrand(design, layout);
        var (grid, cells) = (new NodeGrid(rule, layout.Groupings[0].Effects), design.Cells.Count);
        parts = [.. design.Operator.Runs().Select(groups =>
            new GridPart(design, integrand, grid, groups, (RunOf(groups.First), RunOf(groups.End))))];
        room = new GridPoint([], new double[cells], new BlockMatrix(layout.Pattern), new BlockMatrix(layout.Pattern), new double[cells],
            new double[cells]);
    }

    /// <summary>Whether the Hessian of a search is exact too, at the price of two gradients a parameter.</summary>
    internal bool WithExactHessian { get; init; }

    /// <inheritdoc/>
    public int ModeCount => Layout.Pattern.Length;

    /// <inheritdoc/>
    public int FirstRandomParameter => design.Width;

    /// <inheritdoc/>
    public int DispersionParameters => terms is null ? 0 : 1;

    /// <inheritdoc/>
    public bool HasExactHessian => WithExactHessian;

    /// <inheritdoc/>
    public RandomLayout Layout => integrand.Layout;

    /// <inheritdoc/>
    public CovarianceFactors Factors => integrand.Factors;

    private int Parameters => design.Width + Factors.Elements.Count + DispersionParameters;

    /// <inheritdoc/>
    public double Value(double[] point)
    {
        if (Stand(point, new double[ModeCount]) is not { } at) return double.NaN;
        Parallel.ForEach(parts, part => part.Integrate(at));
        return Sum(point);
    }

    /// <inheritdoc/>
    public LikelihoodPoint Evaluate(double[] point, double[] modes)
    {
        var at = Run(point, modes, withCurvature: true);
        if (!at.ModesFound) return at;
        AddDifferences(point, at);
        return WithExactHessian ? WithHessian(point, at) : at;
    }

    // The rows of all parameters but the coefficients.
    private void AddDifferences(double[] point, LikelihoodPoint at)
    {
        var slopes = new double[Parameters][];
        for (var k = design.Width; k < Parameters; k++)
        {
            var moved = (double[])point.Clone();
            moved[k] += ForwardStep;
            slopes[k] = [.. Gradient(moved, at.Modes).Gradient.Zip(at.Gradient, (there, here) => (there - here) / ForwardStep)];
        }

        for (var row = design.Width; row < Parameters; row++)
        {
            for (var column = 0; column <= row; column++)
                at.Hessian[row, column] = at.Hessian[column, row] = column < design.Width
                    ? slopes[row][column] : (slopes[row][column] + slopes[column][row]) / 2;
        }
    }

    /// <inheritdoc/>
    public LikelihoodPoint Confirm(double[] point)
    {
        var at = Evaluate(point, new double[ModeCount]);
        return at.ModesFound && !WithExactHessian ? WithHessian(point, at) : at;
    }

    /// <inheritdoc/>
    public ILogLikelihood Another() => new GridQuadratureLikelihood(design, Layout, rule, terms) { WithExactHessian = WithExactHessian };

    private LikelihoodPoint WithHessian(double[] point, LikelihoodPoint rough) => rough with
    {
        Hessian = CentralDifferences.Hessian(at => Gradient(at, rough.Modes).Gradient, point, rough.Hessian),
    };

    /// <inheritdoc/>
    public (double[] Effects, BlockMatrix Covariance) Conditional(double[] point, double[] modes)
    {
        var covariance = new BlockMatrix(Layout.Pattern);
        if (Stand(point, (double[])modes.Clone()) is null) Array.Fill(covariance.Values, double.NaN);
        else integrand.Factor.Inverse(covariance);
        Factors.Carry(covariance);
        return (integrand.Effects, covariance);
    }

    /// <summary>The log-likelihood and its gradient, without second derivatives.</summary>
    /// <param name="point">The parameters.</param>
    /// <param name="modes">Where the search for the modes begins.</param>
    internal LikelihoodPoint Gradient(double[] point, double[] modes) => Run(point, modes, withCurvature: false);

    private LikelihoodPoint Run(double[] point, double[] modes, bool withCurvature)
    {
        var hessian = new double[Parameters, Parameters];
        var result = new LikelihoodPoint(double.NaN, new double[Parameters], hessian, (double[])modes.Clone(), []);
        if (Stand(point, result.Modes) is not { } at) return result with { ModesFound = false };
        Parallel.ForEach(parts, part => part.Differentiate(at, withCurvature));
        design.Operator.AddTranspose(at.Slopes, result.Gradient.AsSpan(0, design.Width));
        for (var e = 0; e < Factors.Elements.Count; e++)
            result.Gradient[design.Width + e] = parts.Sum(part => part.Elements[Factors.Elements[e].Row, Factors.Elements[e].Column]);
        if (terms is not null) result.Gradient[^1] = parts.Sum(part => part.Kappa) + terms.At(point[^1]).Slope;
        if (withCurvature) AddCurvature(result.Hessian);
        return result with { LogLikelihood = Sum(point) };
    }

    private void AddCurvature(double[,] hessian)
    {
        var curvatures = parts.Select(part => part.Curvature.Value).ToArray();
        design.Operator.AddGram([.. curvatures.Select(curvature => curvature.Products)], hessian);
        for (var row = 0; row < design.Width; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                foreach (var curvature in curvatures) hessian[row, column] += curvature.Hessian[row, column];
                hessian[column, row] = hessian[row, column];
            }
        }
    }

    private double Sum(double[] point) => parts.Sum(part => part.Value) + (terms?.At(point[^1]).Value ?? 0);

    // The modes at a point, or null where they were not found.
    private GridPoint? Stand(double[] point, double[] modes)
    {
        integrand.Set(point.AsMemory(0, design.Width), point.AsSpan(design.Width));
        if (terms is not null) integrand.Kernel = new NegativeBinomialKernel(point[^1]);
        if (ModeSearch.Find(integrand, modes) is null) return null;
        integrand.LinearPredictor(room.Eta);
        Factors.Precision(integrand.Information, room.Precision);
        return room with { Modes = modes };
    }

    // The first run of a group, or of the next one that has cells.
    private int RunOf(int group)
    {
        var run = Array.BinarySearch(Layout.RunStarts, design.Cells.GroupStarts[group]);
        return run >= 0 ? run : ~run;
    }
}
