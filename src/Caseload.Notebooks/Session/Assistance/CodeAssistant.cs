using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>Helps the person who types a cell. Safe from several threads, and while a cell runs.</summary>
/// <param name="compiler">Binds the cell to those before it.</param>
/// <param name="folder">The notebook's folder.</param>
internal sealed class CodeAssistant(SubmissionCompiler compiler, string folder)
{
    private sealed record Bound(CSharpCompilation? Previous, CSharpCompilation Compilation);

    private readonly Inspector inspector = new(new DocumentationFiles());

    // The last text that was bound: the next one differs from it by a keystroke, and takes over what was read of its references.
    private volatile Bound? last;

    /// <summary>What could stand at a place in a cell.</summary>
    /// <param name="previous">The last cell that compiled; null before the first.</param>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place.</param>
    public CompletionList Complete(CSharpCompilation? previous, string code, int position)
    {
        ArgumentNullException.ThrowIfNull(code);
        var completer = new Completer(text => new(Bind(previous, text.Tree), text.Placeholder), folder);
        return completer.Complete(code, Math.Clamp(position, 0, code.Length));
    }

    /// <summary>What is known of the name at a place.</summary>
    /// <param name="previous">The last cell that compiled; null before the first.</param>
    /// <param name="question">The place, and how much is told.</param>
    public Inspection? Inspect(CSharpCompilation? previous, InspectionQuestion question)
    {
        var (code, position) = (question.Code, Math.Clamp(question.Position, 0, question.Code.Length));
        var tree = CSharpSyntaxTree.ParseText(code, SubmissionCompiler.ParseOptions, Path.Combine(folder, "inspection"));
        if (CursorPlaces.IsInComment(tree.GetRoot(), position)) return null;
        var model = Bind(previous, tree);
        return InspectedSymbol.At(model, position) is { } found ? inspector.Write(found, model.Compilation, question.Detail) : null;
    }

    /// <summary>Whether a cell's text is ready to run.</summary>
    /// <param name="code">The cell's text.</param>
    public static Completeness IsComplete(string code) => CompletenessCheck.Of(code);

    private SemanticModel Bind(CSharpCompilation? previous, SyntaxTree tree)
    {
        var compilation = last is { } bound && ReferenceEquals(bound.Previous, previous)
            ? bound.Compilation.ReplaceSyntaxTree(bound.Compilation.SyntaxTrees[^1], tree)
            : compiler.Bind(tree, 0, previous);
        last = new(previous, compilation);
        return compilation.GetSemanticModel(tree);
    }
}

/// <summary>A question for what a name is.</summary>
/// <param name="Code">The cell's text.</param>
/// <param name="Position">The place.</param>
/// <param name="Detail">How much is told.</param>
internal sealed record InspectionQuestion(string Code, int Position, InspectionDetail Detail);
