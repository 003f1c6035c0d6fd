using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Session;

/// <summary>A cell that is ready to start.</summary>
/// <param name="Start">Starts it; null where there is nothing to run.</param>
/// <param name="Failure">Why it cannot start; null where it can.</param>
internal sealed record PreparedCell(Func<Task<object>>? Start, CellFailure? Failure)
{
    /// <summary>What the person is told before it starts.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}

/// <summary>The cells of a session that compiled, each standing on the ones before it, with their variables.</summary>
/// <param name="compiler">Compiles cells.</param>
/// <param name="context">Holds their assemblies.</param>
/// <param name="sources">Holds their texts.</param>
internal sealed class SubmissionChain(SubmissionCompiler compiler, NotebookLoadContext context, SessionSources sources)
{
    private object?[] submissions = new object?[16];
    private volatile CSharpCompilation? last;
    private int compiled;

    /// <summary>The last cell that compiled; null before the first. It may be asked for while a cell runs.</summary>
    public CSharpCompilation? Last => last;

    /// <summary>Compiles a cell.</summary>
    /// <param name="code">Its text.</param>
    /// <param name="path">The path that its positions name.</param>
    /// <param name="isKept">Whether later cells see what it declares.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="OperationCanceledException">It was broken off; nothing has changed then.</exception>
    public PreparedCell Prepare(SourceText code, string path, bool isKept, CancellationToken cancellation)
    {
        var cell = compiler.Compile((code, path), ++compiled, last, cancellation);
        foreach (var (file, text) in cell.Texts) sources.AddFile(file, text);
        if (cell.Errors.Count > 0) return new(null, CompileFailure.Of(cell.Errors, sources.NameOf, path));
        cancellation.ThrowIfCancellationRequested();
        if (isKept) last = cell.Compilation;
        return new(cell.HasCode ? Load(cell) : null, null) { Notices = compiler.TakeNotices() };
    }

    /// <summary>Lets go of the variables.</summary>
    public void Clear()
    {
        submissions = [];
        last = null;
    }

    private Func<Task<object>> Load(CompiledCell cell)
    {
        cell.Image.Position = cell.Symbols.Position = 0;
        var assembly = context.LoadCell(cell.Compilation.AssemblyName!, cell.Image, cell.Symbols);
        var entry = cell.Compilation.GetEntryPoint(CancellationToken.None)
            ?? throw new InvalidOperationException("the compiler gave the cell no entry point");
        var method = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!.GetMethod(entry.MetadataName,
            BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;

        // A cell's object takes the place of its number and finds those before it there; place 0 is for a host object, and there is none.
        if (compiled >= submissions.Length) Array.Resize(ref submissions, compiled * 2);
        var places = submissions;
        return () => method.CreateDelegate<Func<object?[], Task<object>>>()(places);
    }
}
