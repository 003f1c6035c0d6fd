using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;

namespace Caseload.MixedModels;

/// <summary>How a parametric bootstrap is done. Every setting has a default.</summary>
public sealed record BootstrapSettings
{
    // Draws are kept, some numbers a refit.
    private const int MostReplicates = 10_000_000;
    private const int FewestReplicates = 20;

    /// <summary>How many responses are simulated and fitted, from 20 to 10 million. Default: 1,000.</summary>
    public int Replicates { get; init; } = 1000;

    /// <summary>The seed. Default: 1. The same seed gives the same draws whatever the number of processors.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The probability with which an interval is to hold the truth. Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>
    /// Numbers of your own, by their names: each is computed from the fit and from every refit, which holds estimates, conditional modes
    /// and the log-likelihood, but neither checks nor data. Several refits call it at a time. What it throws stops the bootstrap; it gives
    /// not-a-number where a refit has no such number. Default: none.
    /// </summary>
    public IReadOnlyList<(string Name, Func<MixedModelFit, double> Of)> Statistics { get; init; } = [];

    /// <summary>
    /// Whether to simulate from a singular fit, whose estimate of a variance is 0 or of a correlation 1 or -1: the simulated data then have
    /// no such variation at all, and intervals come out too short. Default: false.
    /// </summary>
    public bool AllowSingular { get; init; }

    /// <summary>The most processors to use, from 1. Default: all. The result does not depend on it.</summary>
    public int Processors { get; init; } = Environment.ProcessorCount;

    /// <summary>Takes the progress, a hundred times or so; it is called from any thread, once at a time. Default: nobody.</summary>
    public IProgress<BootstrapProgress>? Progress { get; init; }

    /// <summary>Stops at a setting that is out of its range.</summary>
    /// <exception cref="ProblemException">There is one.</exception>
    internal void Require()
    {
        Levels.Require(Level, "level");
        if (Replicates is < FewestReplicates or > MostReplicates)
            throw Wrong(FormattableString.Invariant($"{Replicates:N0} replicates"), "20 or more, and 10 million at most",
                "Take 1,000 for a report.");
        if (Processors < 1)
            throw Wrong(FormattableString.Invariant($"{Processors} processors"), "1 or more", "Leave the setting out to use all.");
        ArgumentNullException.ThrowIfNull(Statistics);
        if (Statistics.Any(statistic => string.IsNullOrWhiteSpace(statistic.Name) || statistic.Of is null))
            throw Wrong("a statistic without a name or a function", "both", "Write (\"name\", fit => fit[\"x\"].Estimate).");
        if (Statistics.GroupBy(statistic => statistic.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Wrong($"two statistics named {twice.Key}", "a name for each", "Name them apart.");
    }

    private static ProblemException Wrong(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, "bootstrap", remedy));
}
