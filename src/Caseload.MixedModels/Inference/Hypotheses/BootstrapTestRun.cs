using System.Globalization;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Resampling;

namespace Caseload.MixedModels.Inference.Hypotheses;

/// <summary>Simulates from the smaller model and fits both to each response, side by side.</summary>
/// <param name="small">The smaller model.</param>
/// <param name="large">The larger one.</param>
/// <param name="settings">How it is done.</param>
/// <param name="cancellation">Stops between replicates.</param>
internal sealed class BootstrapTestRun(MixedModelFit small, MixedModelFit large, BootstrapSettings settings, CancellationToken cancellation)
{
    internal BootstrapTest Run()
    {
        var (smallPlan, largePlan) = (RefitPlan.Of(small), RefitPlan.Of(large));
        var simulator = new ResponseSimulator(small, smallPlan.Design);
        var progress = new ProgressCounter(settings);
        var draws = new double[settings.Replicates];
        var hasSameEffects = small.RandomEffects.Select(Key).SequenceEqual(large.RandomEffects.Select(Key));
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = settings.Processors };
        (IRefitter Small, IRefitter Large) Refitters() => (smallPlan.Refitter(), largePlan.Refitter());
        Replicates.ForEach(draws.Length, options, Refitters, (replicate, refitters) =>
        {
            var response = simulator.Draw(new RandomStream(settings.Seed, replicate), RandomEffectDraws.FromDistribution);
            var one = refitters.Small.Refit(response);
            var other = refitters.Large.Refit(hasSameEffects ? response : response with { Effects = [] });
            var failed = one.Obstacle is not null || other.Obstacle is not null;
            draws[replicate] = failed ? double.NaN : Statistic(one, other);
            progress.Count(failed, singular: false);
        });
        var test = new BootstrapTest(Statistic(small, large), draws.Length, progress.Failed, draws);
        return test with { Remarks = [.. Remarks(test)] };
    }

    private static IEnumerable<string> Remarks(BootstrapTest test)
    {
        if (test.Failed > 0)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"For {test.Failed:N0} of {test.Replicates:N0} responses a model has no estimate; the test rests on the others.");
        if (test.AsLarge == 0)
            yield return "No simulated statistic is as large: p is the least that so many replicates can give, 1/(replicates + 1).";
    }

    private static string Key(RandomEffect effect) => $"{effect.Group}: {string.Join(", ", effect.Terms)}";

    // A rise below 0 is the rounding of two equal likelihoods.
    private static double Statistic(MixedModelFit one, MixedModelFit other) => Math.Max(0, 2 * (other.LogLikelihood - one.LogLikelihood));
}
