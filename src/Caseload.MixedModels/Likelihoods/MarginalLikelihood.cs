using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The log-likelihood of a model with a random intercept, each group's integral over its effect approximated, with exact derivatives.
/// </summary>
/// <remarks>
/// Cells are cut into a number of parts that depends on the data only; the parts may run side by side and are added up in their order,
/// so that the result never depends on the number of processors. One evaluation at a time.
/// </remarks>
internal abstract class MarginalLikelihood : ILogLikelihood
{
    private readonly Design design;
    private readonly Func<int, int, LikelihoodPart> part;
    private readonly LikelihoodPart[] parts;

    private protected MarginalLikelihood(Design design, Func<int, int, LikelihoodPart> part)
    {
        (this.design, this.part) = (design, part);
        parts = [.. design.Operator.Runs().Select(run => part(run.First, run.End))];
    }

    internal int GroupCount => design.Cells.GroupCount;

    /// <inheritdoc/>
    public int ModeCount => GroupCount;

    /// <inheritdoc/>
    public int FirstRandomParameter => design.Width;

    /// <inheritdoc/>
    public LikelihoodPoint Evaluate(double[] point, double[] modes) => Run(point, modes, withDerivatives: true);

    /// <inheritdoc/>
    public LikelihoodPoint Confirm(double[] point) => Evaluate(point, new double[GroupCount]);

    /// <inheritdoc/>
    public double Value(double[] point) => Run(point, new double[GroupCount], withDerivatives: false).LogLikelihood;

    /// <inheritdoc/>
    public ILogLikelihood Another() => new Same(design, part);

    private LikelihoodPoint Run(double[] point, double[] modes, bool withDerivatives)
    {
        var size = point.Length;
        var result = new LikelihoodPoint(0, new double[size], new double[size, size], (double[])modes.Clone(), new double[GroupCount])
        {
            ModeGradients = withDerivatives ? new double[GroupCount * size] : [],
        };
        var predictor = design.Operator.Prepare(point.AsMemory(0, size - 1));
        if (parts.Length == 1) parts[0].Run(predictor, point[^1], result, withDerivatives);
        else Parallel.ForEach(parts, part => part.Run(predictor, point[^1], result, withDerivatives));

        var sum = 0.0;
        var found = true;
        foreach (var part in parts)
        {
            sum += part.LogLikelihood;
            found &= part.ModesFound;
            if (!withDerivatives) continue;
            for (var i = 0; i < size; i++)
            {
                result.Gradient[i] += part.Gradient[i];
                for (var k = 0; k <= i; k++) result.Hessian[i, k] += part.Hessian[i, k];
            }
        }

        if (withDerivatives) design.Operator.AddGram([.. parts.Select(part => part.Products)], result.Hessian);
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++) result.Hessian[k, i] = result.Hessian[i, k];
        }

        return result with { LogLikelihood = sum, ModesFound = found };
    }

    private sealed class Same(Design design, Func<int, int, LikelihoodPart> part) : MarginalLikelihood(design, part);
}
