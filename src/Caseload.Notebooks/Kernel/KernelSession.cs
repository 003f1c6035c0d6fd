using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Kernel;

/// <summary>The session of a kernel, made beside the first talk with the client: whoever needs it waits.</summary>
/// <param name="settings">What the kernel stands on.</param>
internal sealed class KernelSession(KernelSettings settings) : IDisposable
{
    private readonly TaskCompletionSource<NotebookSession> made = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The session; waits until it is made and warm.</summary>
    public NotebookSession Value => made.Task.GetAwaiter().GetResult();

    /// <summary>The session if it is made; otherwise nothing runs yet.</summary>
    public NotebookSession? IfMade => made.Task.IsCompletedSuccessfully ? made.Task.Result : null;

    /// <summary>Begins to make it.</summary>
    public void Start() => new Thread(Make) { IsBackground = true, Name = "caseload warm-up" }.Start();

    /// <summary>Ends the session.</summary>
    public void Dispose() => made.Task.ContinueWith(task => task.Result.Dispose(),
        CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private void Make()
    {
        try
        {
            var assemblies = settings.Assemblies ?? new HostAssemblies();
            var session = new NotebookSession(new(settings.Folder, assemblies, settings.Clock));
            session.WarmAsync().GetAwaiter().GetResult();
            made.SetResult(session);
        }
        catch (Exception e)
        {
            made.SetException(e);
        }
    }
}
