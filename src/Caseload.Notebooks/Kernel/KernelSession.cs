using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Kernel;

/// <summary>The session of a kernel, made beside the first talk with the client: whoever needs it waits.</summary>
/// <param name="settings">What the kernel stands on.</param>
internal sealed class KernelSession(KernelSettings settings) : IDisposable
{
    private readonly TaskCompletionSource<NotebookSession> made = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The session; waits until the compiler is warm.</summary>
    public NotebookSession Value => made.Task.GetAwaiter().GetResult();

    /// <summary>The session if it is made; otherwise nothing runs yet.</summary>
    public NotebookSession? IfMade => made.Task.IsCompletedSuccessfully ? made.Task.Result : null;

    /// <summary>Begins to make it.</summary>
    public void Start() => new Thread(Make) { IsBackground = true, Name = "caseload warm-up" }.Start();

    /// <summary>Ends the session.</summary>
    public void Dispose() => made.Task.ContinueWith(task => task.Result.Dispose(),
        CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private void Make()
    {
        try
        {
            var session = new SessionSettings(settings.Folder, settings.Assemblies ?? new HostAssemblies(), settings.Clock);

            // A session of its own: what the warm-up declares is no variable of the person's.
            using (var trial = new NotebookSession(session)) trial.WarmAsync().GetAwaiter().GetResult();
            made.SetResult(new NotebookSession(session));
        }
        catch (Exception e)
        {
            made.SetException(e);
        }
    }
}
