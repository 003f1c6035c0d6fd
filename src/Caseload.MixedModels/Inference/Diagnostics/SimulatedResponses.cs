using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Resampling;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>The observed response of each row, and others drawn from the fit.</summary>
/// <param name="Sets">The sets of responses, the observed one first: one number a row.</param>
/// <param name="Frame">The model's data.</param>
internal sealed record SimulatedResponses(float[][] Sets, ModelFrame Frame)
{
    private const int FewestDraws = 50;

    // What a machine holds without trouble.
    private const double MostNumbers = 2.5e8;

    internal int Rows => Sets[0].Length;

    /// <summary>Draws responses.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="draws">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="effects">Where the random effects come from.</param>
    /// <exception cref="ProblemException">There are too few draws or too many for the rows, or the fit cannot be simulated.</exception>
    internal static SimulatedResponses Of(MixedModelFit fit, int draws, long seed, RandomEffectDraws effects)
    {
        var frame = Inference.Rows.PredictorRows.Data(fit).Frame;
        if (draws < FewestDraws || (double)draws * frame.Rows > MostNumbers)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage,
                FormattableString.Invariant($"{draws} draws of {frame.Rows} rows"),
                FormattableString.Invariant($"{FewestDraws} draws or more, and at most {MostNumbers:G2} numbers"), "draws",
                "Draw 250 as is the default, or fewer of very many rows."));
        var simulator = new ResponseSimulator(fit, RefitPlan.DesignOf(fit));
        var sets = new float[draws + 1][];
        sets[0] = [.. Observed(frame.Response).Select(value => (float)value)];
        Parallel.For(0, draws, draw =>
            sets[draw + 1] = [.. simulator.Draw(new RandomStream(seed, draw), effects).Response.Select(value => (float)value)]);
        return new SimulatedResponses(sets, frame);
    }

    private static double[] Observed(ModelResponse response) => response switch
    {
        CountResponse counts => counts.Counts,
        GaussianResponse numbers => numbers.Values,
        _ => response.Successes,
    };
}
