namespace Caseload.Notebooks.Runner;

/// <summary>Makes a folder the process's working folder until disposed, so that a notebook's relative paths start beside it.</summary>
internal sealed class WorkingFolder : IDisposable
{
    private readonly string before = Environment.CurrentDirectory;

    /// <summary>Changes to a folder.</summary>
    /// <param name="folder">The folder.</param>
    public WorkingFolder(string folder) => Environment.CurrentDirectory = folder;

    /// <summary>Changes back.</summary>
    public void Dispose() => Environment.CurrentDirectory = before;
}
