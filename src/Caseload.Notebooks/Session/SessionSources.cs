using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Session;

/// <summary>The source texts of a session: its cells, and the files that they load and import.</summary>
/// <param name="folder">The notebook's folder.</param>
internal sealed class SessionSources(string folder)
{
    // A thread of an earlier cell may tell an error while the next cell is added.
    private readonly ConcurrentDictionary<string, (string Name, SourceText Text)> texts = new(StringComparer.Ordinal);

    /// <summary>The path under which a cell is compiled: in the notebook's folder, so that what it loads is looked for there.</summary>
    /// <param name="cellName">The cell's name.</param>
    public string PathOf(string cellName) => Path.Combine(folder, cellName);

    /// <summary>Keeps a text.</summary>
    /// <param name="path">The path under which it is compiled.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="text">The text.</param>
    public void Add(string path, string name, SourceText text) => texts[path] = (name, text);

    /// <summary>Keeps the text of a file that a cell loaded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text.</param>
    public void AddFile(string path, SourceText text)
    {
        if (!texts.ContainsKey(path)) Add(path, Path.GetRelativePath(folder, path), text);
    }

    /// <summary>Whether a path is one of the session's texts.</summary>
    /// <param name="path">The path.</param>
    public bool Knows(string? path) => path is not null && texts.ContainsKey(path);

    /// <summary>What messages call a text.</summary>
    /// <param name="path">The path under which it was compiled.</param>
    public string NameOf(string path) => texts.TryGetValue(path, out var text) ? text.Name : Path.GetFileName(path);

    /// <summary>A line of a text.</summary>
    /// <param name="path">The path under which it was compiled.</param>
    /// <param name="number">The line, from 1.</param>
    /// <returns>The line, or null where there is none.</returns>
    public string? Line(string path, int number) =>
        texts.TryGetValue(path, out var text) && number >= 1 && number <= text.Text.Lines.Count
            ? text.Text.Lines[number - 1].ToString() : null;
}
