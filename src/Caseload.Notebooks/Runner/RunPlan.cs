using Caseload.Frames;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Runner.Parameters;

namespace Caseload.Notebooks.Runner;

/// <summary>One notebook that is about to run.</summary>
/// <param name="Path">The notebook, as it was named to the runner.</param>
/// <param name="Number">Which notebook, from 1.</param>
/// <param name="Folder">Its folder's full path.</param>
/// <param name="Notebook">What it holds, with the parameters of the run.</param>
/// <param name="Copy">The full path of the executed copy; null to write none.</param>
internal sealed record RunJob(string Path, int Number, string Folder, Notebook Notebook, string? Copy);

/// <summary>Finds out what can go wrong with a run before its first cell.</summary>
internal static class RunPlan
{
    // Elsewhere than on Linux two names that differ by case are one.
    private static readonly StringComparer Places = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>Reads all notebooks and lays down where their copies go.</summary>
    /// <param name="paths">The notebooks.</param>
    /// <param name="settings">How they are run.</param>
    /// <exception cref="ProblemException">Unreadable, or wrong usage where a copy would take the place of something or a notebook does
    /// not take the parameters.</exception>
    public static IReadOnlyList<RunJob> Of(IReadOnlyList<string> paths, RunSettings settings)
    {
        var outFolder = settings.OutFolder;
        var sources = paths.Select(path => Place(Path.GetFullPath(path))).ToHashSet(Places);
        var copies = new HashSet<string>(Places);
        return [.. paths.Select((path, i) =>
        {
            var copy = outFolder is null ? null : Path.Combine(Path.GetFullPath(outFolder), Path.GetFileName(path));
            if (copy is not null && sources.Contains(Place(copy))) throw Clash("the executed copy would take the place of a notebook", copy);
            if (copy is not null && !copies.Add(copy)) throw Clash("two notebooks have the same name", copy);
            return new RunJob(path, i + 1, Path.GetDirectoryName(Path.GetFullPath(path))!,
                ParameterCell.Fill(Read(path), settings.Parameters, path), copy);
        })];
    }

    // Where a file lies once the links on the way to it are followed: a folder may have two names.
    private static string Place(string path) => Path.Combine(Folder(Path.GetDirectoryName(path)!), Path.GetFileName(path));

    private static string Folder(string folder)
    {
        if (Path.GetDirectoryName(folder) is not { } parent) return folder;
        var at = Path.Combine(Folder(parent), Path.GetFileName(folder));
        return Directory.Exists(at) && Directory.ResolveLinkTarget(at, returnFinalTarget: true) is { } target ? target.FullName : at;
    }

    private static Notebook Read(string path)
    {
        var notebook = NotebookReader.ReadFile(path);
        if (Dialect.ForeignLanguage(notebook) is not { } language) return notebook;
        throw new ProblemException(new Problem(ProblemKind.Unreadable, $"a notebook in {language}", "a notebook in C#", path,
            "Run it with the host that it was written for."));
    }

    private static ProblemException Clash(string found, string copy) =>
        new(new Problem(ProblemKind.WrongUsage, found, "a place of its own for each copy", copy, "Name another folder with --out."));
}
