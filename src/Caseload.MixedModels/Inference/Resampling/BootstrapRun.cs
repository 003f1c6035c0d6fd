using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Resampling;

/// <summary>Simulates, refits and collects, side by side; a replicate depends on the seed and its number alone.</summary>
/// <param name="fit">The fit.</param>
/// <param name="settings">How it is done.</param>
/// <param name="cancellation">Stops between refits.</param>
internal sealed class BootstrapRun(MixedModelFit fit, BootstrapSettings settings, CancellationToken cancellation)
{
    private const int FewReplicates = 500;

    private readonly ProgressCounter counts = new(settings);

    internal BootstrapIntervals Run()
    {
        FitQuantity[] quantities = [.. FitQuantity.All(fit),
            .. settings.Statistics.Select(statistic => new FitQuantity(IntervalKind.Statistic, "", statistic.Name, Guarded(statistic)))];
        double[] estimates = [.. quantities.Select(quantity => quantity.Of(fit))];
        double[][] draws = [.. quantities.Select(_ => new double[settings.Replicates])];
        var plan = RefitPlan.Of(fit);
        var simulator = new ResponseSimulator(fit, plan.Design);
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = settings.Processors };
        Replicates.ForEach(settings.Replicates, options, plan.Refitter, (replicate, refitter) =>
        {
            var refit = refitter.Refit(simulator.Draw(new RandomStream(settings.Seed, replicate), RandomEffectDraws.FromDistribution));
            var failed = refit.Obstacle is not null || !refit.Converged;
            for (var q = 0; q < quantities.Length; q++) draws[q][replicate] = failed ? double.NaN : quantities[q].Of(refit);
            counts.Count(failed, !failed && refit.Singular);
        });
        BootstrapQuantity[] found =
            [.. quantities.Select((quantity, q) => new DrawSummary(quantity, estimates[q], draws[q]).At(settings.Level))];
        return new BootstrapIntervals(settings.Level, settings.Replicates, counts.Failed, counts.Singular, found)
        {
            Ratio = FitWords.Ratio(fit),
            Remarks = [.. Remarks(), .. WithoutNumber(found)],
        };
    }

    private IEnumerable<string> Remarks()
    {
        if (counts.Failed > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{counts.Failed:N0} of {settings.Replicates:N0} refits ")
                + (fit.Family == Family.Gaussian ? "without an estimate" : "without an estimate, as where a level is separated")
                + ": the intervals rest on the others and are too short where those that failed lie further out.";
        if (counts.Singular > 0)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{counts.Singular:N0} of {settings.Replicates:N0} refits with a variance of 0 or a correlation of 1 or -1; they count.");
        if (fit.Singular)
            yield return "The fit is singular: the simulated data lack what it estimates as 0, and intervals are too short.";
        if (settings.Replicates < FewReplicates)
            yield return "So few refits leave the ends of intervals to chance; take 1,000 for a report.";
    }

    // As the correlation of an effect that does not vary.
    private IEnumerable<string> WithoutNumber(BootstrapQuantity[] quantities) =>
        from quantity in quantities
        let missing = quantity.Draws.Count(double.IsNaN) - counts.Failed
        where missing > 0
        select string.Create(CultureInfo.InvariantCulture, $"{quantity.Percentile.Words}: not a number in {missing:N0} of the refits that ")
            + "have estimates; its interval rests on the others.";

    // The estimate comes first: what is wrong with a statistic is told before anything is simulated.
    private static Func<MixedModelFit, double> Guarded((string Name, Func<MixedModelFit, double> Of) statistic) => other =>
    {
        try
        {
            return statistic.Of(other);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, $"the statistic {statistic.Name} failed: {e.Message}",
                "a number from every fit, or not-a-number", "bootstrap",
                "Refits hold estimates, modes and the log-likelihood, but neither checks nor data."), e);
        }
    };
}
