using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>A run of groups whose integrals are approximated by h - log(H)/2 at the mode.</summary>
internal sealed class LaplacePart(Design design, int firstGroup, int endGroup) : LikelihoodPart(design, firstGroup, endGroup)
{
    private readonly GroupDerivatives derivatives = new(design.Width);

    private protected override double Add(in GroupState group, in CellSpan cells, int start, bool withDerivatives)
    {
        if (withDerivatives)
        {
            for (var k = 0; k < Design.Width; k++)
                derivatives.SetColumn(k, WeightedProducts.Sums(Design.Columns[k].AsSpan(start, cells.Eta.Length), cells));
            derivatives.Add(group, Gradient, Hessian);
            derivatives.ReplaceWeights(cells);
        }

        return group.Sums.LogLikelihood - group.Mode * group.Mode / 2 - Math.Log(group.Precision) / 2;
    }
}
