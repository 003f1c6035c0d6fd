using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The Laplace approximation of the log-likelihood of a model with any structure of random effects: sum(l) - u'u/2 - log|H|/2 at the modes.
/// Gradient and Hessian are exact; the Hessian of a search leaves out a small part (<see cref="LaplaceHessian.Write"/>).
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
    public LikelihoodPoint Evaluate(double[] point, double[] modes) => Evaluate(point, modes, complete: false);

    /// <inheritdoc/>
    public LikelihoodPoint Confirm(double[] point) => Evaluate(point, new double[ModeCount], complete: true);

    private LikelihoodPoint Evaluate(double[] point, double[] modes, bool complete)
    {
        var at = Gradient(point, modes);
        if (!at.ModesFound) return at;
        hessians.Write(at.Modes, at.Hessian, complete);
        var slopes = new double[ModeCount * Parameters];
        for (var k = 0; k < Parameters; k++)
        {
            for (var mode = 0; mode < ModeCount; mode++) slopes[mode * Parameters + k] = hessians.ModeSlopes[k][mode];
        }

        return at with { ModeGradients = slopes };
    }

    /// <summary>
    /// A start for the free elements of Lambda: for each effect on its own the standard deviation that the scores of the groups suggest
    /// (<see cref="VarianceScore"/>), no correlations.
    /// </summary>
    /// <param name="beta">The coefficients at a maximum without random effects.</param>
    internal double[] StartingElements(double[] beta)
    {
        var elements = integrand.Factors.Elements;
        integrand.Set(beta, new double[elements.Count]);
        integrand.At(new double[ModeCount]);
        var scores = new double[ModeCount];
        integrand.Sums.GatherScores(scores);
        integrand.Sums.GatherMoments(integrand.Information);
        return [.. elements.Select(element => element.Row != element.Column ? 0 : Start(element, scores))];
    }

    private double Start(FactorElement element, double[] scores)
    {
        var (layout, grouping) = (integrand.Layout, integrand.Layout.Groupings[element.Grouping]);
        var (ofEffect, weights) = (new double[grouping.Groups], new double[grouping.Groups]);
        for (var group = 0; group < grouping.Groups; group++)
        {
            var node = grouping.FirstNode + group;
            ofEffect[group] = scores[layout.Pattern.Start(node) + element.Row];
            weights[group] = integrand.Information.Block(layout.Pattern.ColumnStarts[node])[element.Row * (grouping.Effects + 1)];
        }

        return VarianceScore.Maximum(ofEffect, weights);
    }

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
