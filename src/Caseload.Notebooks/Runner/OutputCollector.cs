using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Runner;

/// <summary>Gathers the outputs of a cell as a file keeps them: text of the same console that comes in pieces is one output.</summary>
internal sealed class OutputCollector : ICellClient
{
    private readonly List<NotebookOutput> outputs = [];
    private readonly System.Text.StringBuilder text = new();
    private StreamName stream;

    /// <inheritdoc/>
    public void Take(CellEvent shown)
    {
        if (shown is OutputShown { Output: var output }) Add(output);
    }

    /// <summary>Nobody is there to answer while a runner runs.</summary>
    /// <param name="request">What is asked.</param>
    public string? ReadLine(InputRequest request) => null;

    private void Add(NotebookOutput output)
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
