using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Caseload.Notebooks.Session;

/// <summary>Tells what the compiler found wrong, at the place in the cell.</summary>
internal static class CompileFailure
{
    private const int MostErrorsTold = 5;

    /// <summary>The failure that a list of errors makes.</summary>
    /// <param name="errors">At least one error.</param>
    /// <param name="names">Gives the name of a source file as messages call it.</param>
    /// <param name="cellPath">The path under which the cell was compiled.</param>
    public static CellFailure Of(IReadOnlyList<Diagnostic> errors, Func<string, string> names, string cellPath)
    {
        var ordered = errors.OrderBy(e => e.Location.SourceTree?.FilePath == cellPath ? 0 : 1)
            .ThenBy(e => e.Location.SourceSpan.Start).ToArray();
        var first = ordered[0];
        var (line, column) = Position(first);
        var inCell = first.Location.GetMappedLineSpan().Path == cellPath;
        var traceback = ordered.Take(MostErrorsTold).SelectMany(e => Tell(e, names)).ToList();
        if (ordered.Length > MostErrorsTold) traceback.Add($"and {ordered.Length - MostErrorsTold} more errors");
        return new(first.Id, first.GetMessage(CultureInfo.InvariantCulture), inCell ? line : null, inCell ? column : null, traceback);
    }

    private static IEnumerable<string> Tell(Diagnostic error, Func<string, string> names)
    {
        var message = $"error {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
        if (error.Location.SourceTree is not { } tree) return [message];
        var (line, column) = Position(error);
        var start = error.Location.GetLineSpan().StartLinePosition;
        var source = tree.GetText().Lines[start.Line].ToString();
        var pad = string.Concat(source.Take(start.Character).Select(c => c == '\t' ? '\t' : ' '));
        return [$"{names(error.Location.GetMappedLineSpan().Path)}, line {line}, column {column}: {message}", "  " + source, $"  {pad}^"];
    }

    private static (int Line, int Column) Position(Diagnostic error)
    {
        var start = error.Location.GetMappedLineSpan().StartLinePosition;
        return (start.Line + 1, start.Character + 1);
    }
}
