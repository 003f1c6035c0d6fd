using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Session.Packages;

/// <summary>What a cell says of packages: those that it asks for, and where they are looked for.</summary>
/// <param name="Requests">The packages, in order.</param>
/// <param name="Sources">Folders and addresses that come to the machine's own.</param>
/// <param name="Lines">The lines of the directives that are not the compiler's, which are blanked out before it reads the cell.</param>
/// <param name="Wrong">The first line that cannot be read, and what is wrong with it; null where nothing is.</param>
internal sealed record PackageDirectives(
    IReadOnlyList<PackageRequest> Requests, IReadOnlyList<string> Sources, IReadOnlyList<TextLine> Lines,
    (TextLine Line, string Message)? Wrong)
{
    /// <summary>A cell that says nothing of packages.</summary>
    public static PackageDirectives None { get; } = new([], [], [], null);

    /// <summary>Reads the directives of a cell.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="root">The cell, parsed.</param>
    public static PackageDirectives Read(SourceText text, CompilationUnitSyntax root)
    {
        if (!root.ContainsDirectives) return None;
        var read = None;
        foreach (var directive in root.GetReferenceDirectives().Where(r => PackageRequest.IsOfPackages(r.File.ValueText)))
        {
            var line = text.Lines.GetLineFromPosition(directive.SpanStart);
            var (request, wrong) = PackageRequest.Read(directive.File.ValueText);
            if (request is null) return read with { Wrong = (line, wrong!) };
            read = read with { Requests = [.. read.Requests, request], Lines = [.. read.Lines, line] };
        }

        foreach (var line in text.Lines.Where(l => IsSource(root, text, l)))
        {
            var argument = line.ToString().Trim()[2..].Trim();
            if (argument is not ['"', .. var quoted, '"'] || !PackageRequest.IsOfPackages(quoted)
                || PackageRequest.Rest(quoted).Length == 0)
            {
                return read with { Wrong = (line, "#i names no source: write #i \"nuget: folder\" or #i \"nuget: address\"") };
            }

            read = read with { Sources = [.. read.Sources, PackageRequest.Rest(quoted)], Lines = [.. read.Lines, line] };
        }

        return read;
    }

    // A line that begins with #i within a string, a comment or a region that is switched off is no directive; neither is #if.
    private static bool IsSource(CompilationUnitSyntax root, SourceText text, TextLine line)
    {
        var start = line.Start;
        while (start < line.End && text[start] is ' ' or '\t') start++;
        return start + 2 < line.End && text[start] == '#' && text[start + 1] == 'i' && text[start + 2] is ' ' or '\t' or '"'
            && root.FindTrivia(start) is { IsDirective: true };
    }
}
