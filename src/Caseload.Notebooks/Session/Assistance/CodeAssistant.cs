using Microsoft.CodeAnalysis.CSharp;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>Helps the person who types a cell.</summary>
/// <param name="compiler">Binds the cell to those before it.</param>
/// <param name="folder">The notebook's folder.</param>
internal sealed class CodeAssistant(SubmissionCompiler compiler, string folder)
{
    /// <summary>What could stand at a place in a cell.</summary>
    /// <param name="previous">The last cell that compiled; null before the first.</param>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place.</param>
    public CompletionList Complete(CSharpCompilation? previous, string code, int position)
    {
        _ = (compiler, folder, previous, code);
        return new(position, position, []);
    }

    /// <summary>What is known of the name at a place.</summary>
    /// <param name="previous">The last cell that compiled; null before the first.</param>
    /// <param name="question">The place, and how much is told.</param>
    public Inspection? Inspect(CSharpCompilation? previous, InspectionQuestion question)
    {
        _ = (compiler, folder, previous, question);
        return null;
    }

    /// <summary>Whether a cell's text is ready to run.</summary>
    /// <param name="code">The cell's text.</param>
    public static Completeness IsComplete(string code) => new(CompletenessStatus.Complete, code[..0]);
}

/// <summary>A question for what a name is.</summary>
/// <param name="Code">The cell's text.</param>
/// <param name="Position">The place.</param>
/// <param name="Detail">How much is told.</param>
internal sealed record InspectionQuestion(string Code, int Position, InspectionDetail Detail);
