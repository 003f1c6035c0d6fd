namespace Caseload.Frames.Csv;

/// <summary>
/// Replaces some entries of a folder together: they are written into a folder beside, and take their places by renaming when all are
/// whole. Who finds the first entry finds all of one writing, however the writing ended.
/// </summary>
public static class OutputFolder
{
    /// <summary>The name of the folder, inside the one that is written to, in which the new entries are written.</summary>
    public const string Staging = ".partial";

    /// <summary>The name of the folder, inside the one that is written to, in which the entries of before wait until all are replaced.</summary>
    public const string Aside = ".replaced";

    /// <summary>Writes entries and puts them in the place of those of before. Anything else in the folder is let be.</summary>
    /// <param name="folder">The folder; it is made where it is missing.</param>
    /// <param name="entries">
    /// The names of files and folders in it. They leave in this order and enter in the reverse, so the first is there only with the rest.
    /// </param>
    /// <param name="write">Writes them all into the folder that it is given.</param>
    public static void Replace(string folder, IReadOnlyList<string> entries, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(write);
        var staged = Path.Combine(folder, Staging);
        using var half = HalfWritten.RemovedBy(() => Remove(staged));
        try
        {
            PutBack(folder, entries);
            Remove(staged);
            write(staged);
            HalfWritten.Step(() => Swap(folder, entries));
        }
        catch
        {
            PutBack(folder, entries);
            Remove(staged);
            throw;
        }
    }

    private static bool Swap(string folder, IReadOnlyList<string> entries)
    {
        var (staged, aside) = (Path.Combine(folder, Staging), Path.Combine(folder, Aside));
        Directory.CreateDirectory(aside);
        foreach (var entry in entries) Move(entry, folder, aside);
        foreach (var entry in entries.Reverse()) Move(entry, staged, folder);
        Remove(aside);
        Remove(staged);
        return true;
    }

    // Where the first entry has entered, all have; else those of before come back.
    private static void PutBack(string folder, IReadOnlyList<string> entries)
    {
        var aside = Path.Combine(folder, Aside);
        if (!Directory.Exists(aside)) return;
        if (!Path.Exists(Path.Combine(folder, entries[0])))
        {
            foreach (var entry in entries.Reverse().Where(entry => Path.Exists(Path.Combine(aside, entry))))
            {
                Remove(Path.Combine(folder, entry));
                Move(entry, aside, folder);
            }
        }

        Remove(aside);
    }

    private static void Move(string entry, string from, string to)
    {
        var (source, target) = (Path.Combine(from, entry), Path.Combine(to, entry));
        if (Directory.Exists(source)) Directory.Move(source, target);
        else if (File.Exists(source)) File.Move(source, target);
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        else if (File.Exists(path)) File.Delete(path);
    }
}
