using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>Helps the person who types a cell. Safe from several threads, and while a cell runs.</summary>
/// <param name="compiler">Binds the cell to those before it.</param>
/// <param name="folder">The notebook's folder.</param>
internal sealed class CodeAssistant(SubmissionCompiler compiler, string folder)
{
    private sealed record Bound(CSharpCompilation? Previous, string Code, SemanticModel Model);

    private readonly Inspector inspector = new(new DocumentationFiles());

    // The last text that was bound: the next one differs from it by a keystroke, and takes over what was read of its references. While
    // a name is typed, the text before it stays the same, and so does what it means.
    private volatile Bound? last;

    /// <summary>What could stand at a place in a cell.</summary>
    /// <param name="previous">The last cell that compiled; null before the first.</param>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place.</param>
    public CompletionList Complete(CSharpCompilation? previous, string code, int position)
    {
        ArgumentNullException.ThrowIfNull(code);
        var completer = new Completer(text =>
        {
            var model = Bind(previous, text.Tree);
            return new(model, model.SyntaxTree.GetRoot().FindToken(text.Placeholder.SpanStart));
        }, folder);
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
        var code = tree.GetText().ToString();
        var bound = last is { } known && ReferenceEquals(known.Previous, previous) ? known : null;
        if (bound?.Code == code) return bound.Model;
        var compilation = bound?.Model.Compilation is CSharpCompilation like
            ? like.ReplaceSyntaxTree(bound.Model.SyntaxTree, tree)
            : compiler.Bind(tree, previous);
        var model = compilation.GetSemanticModel(tree);
        last = new(previous, code, model);
        return model;
    }
}

/// <summary>A question for what a name is.</summary>
/// <param name="Code">The cell's text.</param>
/// <param name="Position">The place.</param>
/// <param name="Detail">How much is told.</param>
internal sealed record InspectionQuestion(string Code, int Position, InspectionDetail Detail);
