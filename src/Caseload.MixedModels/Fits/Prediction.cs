using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Fits;

/// <summary>The linear predictor of rows of data, in its pieces. A row with a missing cell has not-a-number throughout.</summary>
/// <param name="FixedPart">x'beta and the offset, on the scale of the linear predictor.</param>
/// <param name="FixedPartStandardError">The standard error of x'beta.</param>
/// <param name="RandomPart">The conditional mode of the row's group; 0 of a group that is unknown or not given.</param>
public sealed record Prediction(double[] FixedPart, double[] FixedPartStandardError, double[] RandomPart)
{
    /// <summary>The linear predictor: the fixed and the random part.</summary>
    public double[] LinearPredictor => [.. FixedPart.Zip(RandomPart, (f, r) => f + r)];

    /// <summary>The distribution of the response.</summary>
    public Family Family { get; init; } = Family.Binomial;

    /// <summary>The link.</summary>
    public Link Link { get; init; } = Link.Logit;

    /// <summary>The mean in the row's own group: the probability of success, or of the Poisson family the expected count.</summary>
    public double[] Probability => [.. LinearPredictor.Select(ResponseKernel.Of(Family, Link).Mean)];

    /// <summary>The same in an average group, whose random effect is 0.</summary>
    public double[] ProbabilityInAverageGroup => [.. FixedPart.Select(ResponseKernel.Of(Family, Link).Mean)];

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
            var variance = 0.0;
            for (var k = 0; k < columns.Length; k++)
            {
                fixedPart[row] += columns[k][row] * fit.FixedEffects[k].Estimate;
                for (var l = 0; l < columns.Length; l++) variance += columns[k][row] * columns[l][row] * fit.Covariance[k, l];
            }

            errors[row] = Math.Sqrt(variance);
        }

        return new Prediction(fixedPart, errors, Modes(fit, frame)) { Family = fit.Family, Link = fit.Link };
    }

    private static double[] Modes(MixedModelFit fit, Frame frame)
    {
        var column = fit.Recipe.Formula.Random is { } random ? frame.Find(random.Group.Name) : null;
        if (column is null) return new double[frame.RowCount];
        var modes = fit.ConditionalModes.ToDictionary(mode => mode.Level, mode => mode.Mode, StringComparer.Ordinal);
        return [.. Enumerable.Range(0, frame.RowCount).Select(row => modes.GetValueOrDefault(CodedVariable.Label(column, row)))];
    }
}
