using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Predictions;
using Caseload.MixedModels.Inference.Rows;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Inference.GroupComparisons;

/// <summary>A group's modes with the fixed effects of the other groups, and the variances of those over groups drawn anew.</summary>
/// <param name="Modes">The modes, effect after effect.</param>
/// <param name="Variances">The diagonal of their covariance.</param>
internal sealed record GroupDeletion(double[] Modes, double[] Variances)
{
    // The share of a column's information in all groups that the others have of it by rounding alone.
    private const double Nothing = 1e-12;

    /// <summary>
    /// Of every group of the outermost grouping, with the groups within it. At given variances a group tells of beta the score s = X'd and
    /// the information I = X'WX - (Z'WX)'C(Z'WX), both at the modes; without it beta moves by -(sum of I less its own)^-1 s, and the modes
    /// by -C Z'WX times that.
    /// </summary>
    /// <param name="fit">The fit, whose groupings nest.</param>
    /// <param name="groups">The outermost grouping.</param>
    internal static IReadOnlyList<GroupDeletion> Of(MixedModelFit fit, CodedVariable groups)
    {
        var conditional = new ConditionalEffects(fit);
        var place = Enumerable.Range(0, conditional.Groupings.Count).First(g => conditional.Groupings[g].Groups.Name == groups.Name);
        var parts = Parts(fit, conditional, groups);
        for (var group = 0; group < parts.Length; group++) conditional.Of(place, group).Component.TakeOff(parts[group].Information);
        var all = new double[fit.FixedEffects.Count, fit.FixedEffects.Count];
        foreach (var part in parts) Add(all, part.Information, 1);
        var sigma = Sigma([.. fit.RandomEffects.Where(effect => effect.Group == groups.Name)]);
        return [.. parts.Select((part, group) =>
        {
            var rest = (double[,])all.Clone();
            Add(rest, part.Information, -1);
            return Cholesky.Factor(rest) is not { } factor || factor.Pivots.Where((pivot, k) => !(pivot > Nothing * all[k, k])).Any()
                ? Unknown(sigma.GetLength(0))
                : Without(conditional.Of(place, group), (part.Score, factor.Inverse()), conditional.Modes[place][group], sigma);
        })];
    }

    private static GroupDeletion Without((EffectComponent Component, int First) of, (double[] Score, double[,] Inverse) rest,
        double[] modes, double[,] sigma)
    {
        var (moved, variances, width) = ((double[])modes.Clone(), new double[modes.Length], rest.Score.Length);
        for (var effect = 0; effect < modes.Length; effect++)
        {
            var slopes = new double[width];
            var conditional = of.Component.Variance([(of.First + effect, 1.0)], slopes);
            variances[effect] = sigma[effect, effect] - conditional;
            for (var k = 0; k < width; k++)
            {
                for (var l = 0; l < width; l++)
                {
                    moved[effect] -= slopes[k] * rest.Inverse[k, l] * rest.Score[l];
                    variances[effect] += slopes[k] * rest.Inverse[k, l] * slopes[l];
                }
            }
        }

        return new GroupDeletion(moved, variances);
    }

    // Where the other groups do not tell all fixed effects.
    private static GroupDeletion Unknown(int effects)
    {
        double[] nothing = [.. Enumerable.Repeat(double.NaN, effects)];
        return new GroupDeletion(nothing, nothing);
    }

    // X'd and X'WX of the rows of each group.
    private static (double[] Score, double[,] Information)[] Parts(MixedModelFit fit, ConditionalEffects conditional, CodedVariable groups)
    {
        var (rows, frame, kernel) = (conditional.Rows, PredictorRows.Data(fit).Frame, ConditionalEffects.Kernel(fit));
        var (width, divisor) = (rows.Columns.Length, fit.Family == Family.Gaussian ? fit.Dispersion : 1);
        var parts = new (double[] Score, double[,] Information)[groups.Size];
        for (var group = 0; group < parts.Length; group++) parts[group] = (new double[width], new double[width, width]);
        for (var row = 0; row < rows.Count; row++)
        {
            var at = kernel.At(frame.Response.Successes[row], frame.Response.Trials[row], conditional.LinearPredictor[row]);
            var (score, information) = parts[groups.Codes[row]];
            for (var k = 0; k < width; k++)
            {
                var x = rows.Columns[k][row];
                if (x == 0) continue;
                score[k] += x * at.Score / divisor;
                for (var l = 0; l < width; l++) information[k, l] += x * rows.Columns[l][row] * at.Weight / divisor;
            }
        }

        return parts;
    }

    // The covariance matrices of all blocks of a grouping on the diagonal.
    private static double[,] Sigma(RandomEffect[] effects)
    {
        var size = effects.Sum(effect => effect.Terms.Count);
        var (sigma, first) = (new double[size, size], 0);
        foreach (var effect in effects)
        {
            for (var i = 0; i < effect.Terms.Count; i++)
            {
                for (var j = 0; j < effect.Terms.Count; j++) sigma[first + i, first + j] = effect.Covariance[i][j];
            }

            first += effect.Terms.Count;
        }

        return sigma;
    }

    private static void Add(double[,] to, double[,] matrix, double factor)
    {
        for (var row = 0; row < to.GetLength(0); row++)
        {
            for (var column = 0; column < to.GetLength(1); column++) to[row, column] += factor * matrix[row, column];
        }
    }
}
