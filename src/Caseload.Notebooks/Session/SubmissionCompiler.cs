using Caseload.Notebooks.Session.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Session;

/// <summary>Compiles the cells of one session, each seeing what the ones before it declared.</summary>
/// <param name="host">What the host holds.</param>
/// <param name="references">Finds what <c>#r</c> names.</param>
/// <param name="packages">What <c>#r "nuget: ..."</c> brought.</param>
/// <param name="folder">The notebook's folder, where <c>#load</c> looks.</param>
internal sealed class SubmissionCompiler(
    HostAssemblies host, NotebookReferenceResolver references, SessionPackages packages, string folder)
{
    private static readonly string[] DefaultImports =
    [
        "System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Threading.Tasks", "System.Text",
        typeof(NotebookFunctions).FullName!, typeof(DisplayExtensions).FullName!,
    ];

    private readonly CSharpCompilationOptions options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        .WithOptimizationLevel(OptimizationLevel.Release)
        .WithConcurrentBuild(false)
        .WithMetadataReferenceResolver(references)
        .WithSourceReferenceResolver(new SourceFileResolver([], folder))
        .WithAssemblyIdentityComparer(DesktopAssemblyIdentityComparer.Default);

    /// <summary>How cells are parsed.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>Binds a cell to what stands before it; nothing is emitted yet.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="path">The path that its positions name.</param>
    /// <param name="number">The number of the cell in its session, from 1.</param>
    /// <param name="previous">The last cell that compiled; null for the first.</param>
    /// <remarks>References and imports are given once, with the first cell: later ones take them from the cell before. Measured on 300
    /// cells: 245 MB, where it was 562 MB when each cell brought them anew.</remarks>
    public CSharpCompilation Bind(SourceText code, string path, int number, CSharpCompilation? previous) =>
        Bind(CSharpSyntaxTree.ParseText(code, ParseOptions, path), number, previous);

    /// <summary>Binds a cell that is parsed already.</summary>
    /// <param name="tree">The cell.</param>
    /// <param name="number">The number of the cell in its session, from 1; 0 for one that is not run.</param>
    /// <param name="previous">The last cell that compiled; null for the first.</param>
    public CSharpCompilation Bind(SyntaxTree tree, int number, CSharpCompilation? previous) =>
        CSharpCompilation.CreateScriptCompilation(
            $"Notebook.Cell{number}", tree, [.. previous is null ? host.FrameworkReferences : [], .. NewPackages(previous)],
            options.WithScriptClassName($"Submission#{number}").WithUsings(previous is null ? DefaultImports : []),
            previous, typeof(object));

    // Those that no cell before brought: a cell that did not compile is not among the cells before, and its packages are given again.
    private IEnumerable<MetadataReference> NewPackages(Compilation? previous)
    {
        if (packages.References.Count == 0) return [];
        var known = new HashSet<MetadataReference>();
        for (var c = previous; c is not null; c = c.ScriptCompilationInfo?.PreviousScriptCompilation) known.UnionWith(c.ExternalReferences);
        return packages.References.Where(r => !known.Contains(r));
    }

    /// <summary>Emits a cell.</summary>
    /// <param name="compilation">The bound cell.</param>
    /// <param name="image">Takes the assembly.</param>
    /// <param name="symbols">Takes the line numbers.</param>
    /// <returns>The errors; none where the cell compiled.</returns>
    public static IReadOnlyList<Diagnostic> Emit(CSharpCompilation compilation, Stream image, Stream symbols)
    {
        var result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        return [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
    }

    /// <summary>Whether a cell has anything to run: one of directives and usings alone has not,
    /// and takes no place among the others.</summary>
    /// <param name="compilation">The bound cell.</param>
    public static bool HasCode(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.Any(tree => ((CSharpSyntaxTree)tree).GetCompilationUnitRoot().Members.Count > 0);
}
