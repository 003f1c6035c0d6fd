using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Session;

/// <summary>What the compiler made of a cell.</summary>
/// <param name="Compilation">The bound cell.</param>
/// <param name="Image">Its assembly; of no use where there are errors.</param>
/// <param name="Symbols">Its line numbers.</param>
internal sealed record CompiledCell(CSharpCompilation Compilation, MemoryStream Image, MemoryStream Symbols)
{
    /// <summary>The errors; none where the cell compiled.</summary>
    public required IReadOnlyList<Diagnostic> Errors { get; init; }

    /// <summary>The texts of the cell and of the files that it loads, each as it was written, with their paths.</summary>
    public required IReadOnlyList<(string Path, SourceText Text)> Texts { get; init; }

    /// <summary>Whether the cell has anything to run: one of directives and usings alone has not,
    /// and takes no place among the others.</summary>
    public bool HasCode => Compilation.SyntaxTrees.Any(tree => ((CSharpSyntaxTree)tree).GetCompilationUnitRoot().Members.Count > 0);
}
