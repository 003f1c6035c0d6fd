namespace Caseload.Notebooks.Kernel.Lifetime;

/// <summary>Looks every second whether the parent process runs still.</summary>
internal sealed class ParentWatch : IDisposable
{
    private readonly ManualResetEventSlim stop = new();

    /// <summary>Begins to look, on a thread of its own: a cell may take every thread of the pool.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="period">How often to look.</param>
    /// <param name="vanished">Called once when it is gone.</param>
    public ParentWatch(ParentProcess parent, TimeSpan period, Action vanished)
    {
        new Thread(Watch) { IsBackground = true, Name = "caseload parent" }.Start();

        void Watch()
        {
            while (!stop.Wait(period))
            {
                if (parent.IsAlive) continue;
                vanished();
                return;
            }
        }
    }

    /// <summary>Looks no more.</summary>
    public void Dispose() => stop.Set();
}
