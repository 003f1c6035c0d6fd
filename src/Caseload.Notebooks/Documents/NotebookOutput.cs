using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Documents;

/// <summary>Which of a program's two text streams.</summary>
public enum StreamName
{
    /// <summary>Standard output.</summary>
    Stdout,

    /// <summary>Standard error.</summary>
    Stderr,
}

/// <summary>One output of a cell, as nbformat 4 knows them.</summary>
public abstract record NotebookOutput;

/// <summary>Text that the cell wrote to the console.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Text">The text.</param>
public sealed record StreamOutput(StreamName Stream, string Text) : NotebookOutput;

/// <summary>Something that the cell showed on the way.</summary>
/// <param name="Data">What it showed.</param>
/// <param name="Metadata">Hints to the front end, by MIME type.</param>
public sealed record DisplayOutput(MimeBundle Data, JsonObject Metadata) : NotebookOutput;

/// <summary>The value of the cell's last expression.</summary>
/// <param name="Data">The value.</param>
/// <param name="Metadata">Hints to the front end, by MIME type.</param>
/// <param name="ExecutionCount">The number of the execution, from 1; null in a cell that was not run here.</param>
public sealed record ResultOutput(MimeBundle Data, JsonObject Metadata, int? ExecutionCount) : NotebookOutput;

/// <summary>What stopped the cell.</summary>
/// <param name="Name">The compiler's code (CS0103) or the type of the exception.</param>
/// <param name="Message">What it said.</param>
/// <param name="Traceback">The lines that a front end shows.</param>
public sealed record ErrorOutput(string Name, string Message, IReadOnlyList<string> Traceback) : NotebookOutput;
