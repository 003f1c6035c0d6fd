using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Fits;

/// <summary>
/// The linear predictor of rows of data, in its pieces. A piece is not-a-number where a cell that it needs is missing, or a
/// coefficient that it needs has no estimate.
/// </summary>
/// <param name="FixedPart">x'beta and the offset, on the scale of the linear predictor.</param>
/// <param name="FixedPartStandardError">The standard error of x'beta.</param>
/// <param name="RandomPart">
/// The sum of the conditional modes of the row's groups times their columns. A group that the fit has not seen, a missing cell and a
/// grouping whose columns are not in the data add 0. The groups of <c>a:b</c> are known by both of their labels.
/// </param>
public sealed record Prediction(double[] FixedPart, double[] FixedPartStandardError, double[] RandomPart)
{
    /// <summary>The linear predictor: the fixed and the random part.</summary>
    public double[] LinearPredictor => [.. FixedPart.Zip(RandomPart, (f, r) => f + r)];

    /// <summary>The distribution of the response.</summary>
    public Family Family { get; init; } = Family.Binomial;

    /// <summary>The link.</summary>
    public Link Link { get; init; } = Link.Logit;

    /// <summary>
    /// The mean of the response in the row's own groups: the probability of success, the expected count, or of the Gaussian family the
    /// expected number.
    /// </summary>
    public double[] Mean => [.. LinearPredictor.Select(ResponseKernel.Of(Family, Link).Mean)];

    /// <summary>
    /// The same in average groups, whose random effects are 0. It is not the mean over groups, unless the link is the identity.
    /// </summary>
    public double[] MeanInAverageGroup => [.. FixedPart.Select(ResponseKernel.Of(Family, Link).Mean)];

    internal static Prediction Of(MixedModelFit fit, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var recipe = fit.Recipe;
        var columns = recipe.DesignColumns(frame);
        var (fixedPart, errors) = (new double[frame.RowCount], new double[frame.RowCount]);
        foreach (var offset in recipe.Formula.Offsets)
        {
            var values = Arithmetic.Evaluate(offset, frame, recipe.Formula.Text);
            for (var row = 0; row < values.Length; row++) fixedPart[row] += values[row];
        }

        for (var row = 0; row < frame.RowCount; row++)
        {
            // A column that is 0 does not need its coefficient, which may have no estimate.
            int[] used = [.. Enumerable.Range(0, columns.Length).Where(k => columns[k][row] != 0)];
            var variance = 0.0;
            foreach (var k in used)
            {
                fixedPart[row] += columns[k][row] * fit.FixedEffects[k].Estimate;
                foreach (var l in used) variance += columns[k][row] * columns[l][row] * fit.Covariance[k, l];
            }

            errors[row] = Math.Sqrt(variance);
        }

        return new Prediction(fixedPart, errors, RandomSum(fit, frame)) { Family = fit.Family, Link = fit.Link };
    }

    // Each conditional mode times its column, in the row's own groups.
    private static double[] RandomSum(MixedModelFit fit, Frame frame)
    {
        var sum = new double[frame.RowCount];
        foreach (var effects in fit.Recipe.RandomColumns(frame))
        {
            var modes = fit.ConditionalModes.Where(mode => mode.Group == effects.Group && mode.Term == effects.Term)
                .ToDictionary(mode => mode.Level, mode => mode.Mode, StringComparer.Ordinal);
            for (var row = 0; row < sum.Length; row++)
            {
                if (modes.TryGetValue(effects.Labels[row], out var mode)) sum[row] += mode * effects.Values[row];
            }
        }

        return sum;
    }
}
