using Caseload.Frames;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Session;

/// <summary>Reads what <c>#!import</c> names: a C# file, or the code cells of a notebook.</summary>
internal static class ImportedFile
{
    /// <summary>The pieces of code to run.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="count">The number of the execution that imports it.</param>
    /// <returns>The pieces, each with the path under which it is compiled.</returns>
    /// <exception cref="ProblemException">Unreadable: no such file, a notebook that cannot be read, or a file of another sort.</exception>
    public static IReadOnlyList<(CellSource Part, string Path)> Read(string path, string name, int count)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".ipynb":
                var cells = NotebookReader.ReadFile(path).Cells;
                return [.. cells.Index().Where(c => c.Item.Kind == CellKind.Code && Dialect.ForeignLanguage(c.Item) is null)
                    .Select(c => (new CellSource($"{name}, cell {c.Index + 1}", c.Item.Source, count), $"{path}, cell {c.Index + 1}"))];
            case ".csx" or ".cs" when File.Exists(path):
                return [(new CellSource(name, File.ReadAllText(path), count), path)];
            case ".csx" or ".cs":
                throw Unreadable("no such file", "a file beside the notebook");
            default:
                throw Unreadable("a file of another sort", ".csx, .cs or .ipynb");
        }

        ProblemException Unreadable(string found, string expected) => new(new Problem(ProblemKind.Unreadable, found, expected, name, ""));
    }
}
