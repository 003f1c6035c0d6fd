namespace Caseload.Frames.Csv;

/// <summary>
/// Notices that a file is replaced or changed while it is read: its length, its time of change or its time of making is another at the end
/// than at the beginning.
/// </summary>
public sealed class FileWatch
{
    private readonly string path;
    private readonly FileState before;

    /// <summary>Notes how a file is now.</summary>
    /// <param name="path">The file; standard input (<c>-</c>) never changes.</param>
    public FileWatch(string path)
    {
        this.path = path;
        before = FileState.Of(path);
    }

    /// <summary>Refuses what was read where the file is not the one that was opened.</summary>
    /// <exception cref="ProblemException">The file was replaced, changed or deleted meanwhile.</exception>
    public void RequireUnchanged()
    {
        if (FileState.Of(path) == before) return;
        throw InputFile.Unreadable("a file that changed while it was read", "a file that stays as it is until it has been read", path,
            "Wait until whatever writes the file has finished, and run again.");
    }

    private readonly record struct FileState(long Length, DateTime Written, DateTime Made)
    {
        internal static FileState Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists ? new FileState(file.Length, file.LastWriteTimeUtc, file.CreationTimeUtc) : default;
        }
    }
}
