using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>A run of groups whose integrals are approximated by h - log(H)/2 at the mode.</summary>
internal sealed class LaplacePart(Design design, int firstGroup, int endGroup) : LikelihoodPart(design, firstGroup, endGroup)
{
    private readonly GroupDerivatives derivatives = new(design.Width);

    private protected override ReadOnlySpan<double> ModeGradient => derivatives.Mode;

    private protected override double Add(in GroupState group, in CellSpan cells, int number, bool withDerivatives)
    {
        if (withDerivatives)
        {
            SumColumns(group, cells, number);
            derivatives.Add(group, Gradient, Hessian);
            derivatives.ReplaceWeights(cells);
            Products.Add(number, cells.Weight, derivatives.ReplacedSums);
        }

        return group.Sums.LogLikelihood - group.Mode * group.Mode / 2 - Math.Log(group.Precision) / 2;
    }

    // Without a random effect the derivatives of the weights take no part.
    private void SumColumns(in GroupState group, in CellSpan cells, int number)
    {
        var sums = derivatives.Sums;
        if (group.Sigma == 0)
        {
            Design.Operator.GroupSums(number, cells.Score, sums.First);
            Design.Operator.GroupSums(number, cells.Weight, sums.Second);
            sums.Third.Clear();
            sums.Fourth.Clear();
        }
        else
        {
            Design.Operator.GroupSums(number, cells.Derivatives, sums);
        }
    }
}
