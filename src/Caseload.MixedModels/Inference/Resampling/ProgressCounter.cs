namespace Caseload.MixedModels.Inference.Resampling;

/// <summary>Counts replicates of all threads and reports them one at a time.</summary>
/// <param name="settings">How many there are to be, and who is told.</param>
internal sealed class ProgressCounter(BootstrapSettings settings)
{
    private readonly Lock gate = new();
    private int done;

    /// <summary>How many failed.</summary>
    internal int Failed { get; private set; }

    /// <summary>How many have a singular fit.</summary>
    internal int Singular { get; private set; }

    /// <summary>Takes one that is done.</summary>
    internal void Count(bool failed, bool singular)
    {
        lock (gate)
        {
            done++;
            Failed += failed ? 1 : 0;
            Singular += singular ? 1 : 0;
            if (done % Math.Max(1, settings.Replicates / 100) == 0 || done == settings.Replicates)
                settings.Progress?.Report(new BootstrapProgress(done, settings.Replicates, Failed));
        }
    }
}
