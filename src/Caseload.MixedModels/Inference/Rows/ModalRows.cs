using Caseload.MixedModels.Fits;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Rows;

/// <summary>The rows of a fit at the conditional modes of their groups.</summary>
/// <param name="Modes">The modes, by grouping, group and effect.</param>
/// <param name="LinearPredictor">The linear predictor of each row: fixed part, offset and modes.</param>
internal sealed record ModalRows(double[][][] Modes, double[] LinearPredictor)
{
    internal static ModalRows Of(MixedModelFit fit, PredictorRows rows, ModelFrame frame)
    {
        var predictor = (double[])rows.FixedPart.Clone();
        var modes = new double[frame.Groupings.Count][][];
        for (var g = 0; g < modes.Length; g++)
        {
            var groups = frame.Groupings[g].Groups;
            EffectRows[] effects = [.. rows.Random.Where(random => random.Effect.Group == groups.Name)];
            modes[g] = Of(fit, groups, [.. effects.SelectMany(block => block.Effect.Terms)]);
            double[][] columns = [.. effects.SelectMany(block => block.Columns)];
            for (var k = 0; k < columns.Length; k++)
            {
                for (var row = 0; row < predictor.Length; row++) predictor[row] += columns[k][row] * modes[g][groups.Codes[row]][k];
            }
        }

        return new ModalRows(modes, predictor);
    }

    private static double[][] Of(MixedModelFit fit, CodedVariable groups, string[] terms)
    {
        var modes = fit.ConditionalModes.Where(mode => mode.Group == groups.Name)
            .ToDictionary(mode => (mode.Level, mode.Term), mode => mode.Mode);
        return [.. groups.Levels!.Select(level => terms.Select(term => modes[(level, term)]).ToArray())];
    }
}
