using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Session.Stopping;

/// <summary>Reads the files that a cell loads, and writes the checks into them.</summary>
/// <param name="folder">The notebook's folder.</param>
/// <param name="options">How they are parsed.</param>
internal sealed class CheckedFileResolver(string folder, CSharpParseOptions options) : SourceFileResolver([], folder)
{
    private readonly ConcurrentDictionary<string, SourceText> originals = new(StringComparer.Ordinal);

    /// <summary>A file as it was written.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The text; null where the path is no file that was loaded.</returns>
    public SourceText? Original(string path) => originals.GetValueOrDefault(path);

    /// <inheritdoc/>
    public override SourceText ReadText(string resolvedPath)
    {
        var text = base.ReadText(resolvedPath);
        originals[resolvedPath] = text;
        return CheckInsertion.Into(CSharpSyntaxTree.ParseText(text, options, resolvedPath)) ?? text;
    }
}
