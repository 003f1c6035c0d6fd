using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Runner;

/// <summary>Gathers the outputs of a cell as a file keeps them: text of the same console that comes in pieces is one output.</summary>
internal sealed class OutputCollector
{
    private readonly List<NotebookOutput> outputs = [];
    private readonly System.Text.StringBuilder text = new();
    private StreamName stream;

    /// <summary>Takes an output.</summary>
    /// <param name="output">The output.</param>
    public void Add(NotebookOutput output)
    {
        if (output is StreamOutput piece)
        {
            if (piece.Stream != stream) EndText();
            stream = piece.Stream;
            text.Append(piece.Text);
            return;
        }

        EndText();
        outputs.Add(output);
    }

    /// <summary>The outputs, in order.</summary>
    public IReadOnlyList<NotebookOutput> ToOutputs()
    {
        EndText();
        return [.. outputs];
    }

    private void EndText()
    {
        if (text.Length > 0) outputs.Add(new StreamOutput(stream, text.ToString()));
        text.Clear();
    }
}
