using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Runner;

/// <summary>Gathers the outputs of a cell as a file keeps them: text of the same console that comes in pieces is one output, and a
/// display that is changed holds what it showed last.</summary>
/// <param name="displays">The displays of the whole notebook: a cell may change what one before it showed.</param>
internal sealed class OutputCollector(NotebookDisplays displays) : ICellClient
{
    private readonly List<ShownOutput> outputs = [];
    private readonly System.Text.StringBuilder text = new();
    private StreamName stream;
    private bool clearsAtNext;

    /// <inheritdoc/>
    public void Take(CellEvent shown)
    {
        // A task that an earlier cell left behind may show beside a later one.
        lock (displays)
        {
            switch (shown)
            {
                case OutputShown output:
                    Add(output);
                    break;
                case DisplayUpdated update:
                    displays.Update(update);
                    break;
                case OutputsCleared { Wait: true }:
                    clearsAtNext = true;
                    break;
                case OutputsCleared:
                    Clear();
                    break;
            }
        }
    }

    /// <summary>Nobody is there to answer while a runner runs.</summary>
    /// <param name="request">What is asked.</param>
    public string? ReadLine(InputRequest request) => null;

    /// <summary>The outputs so far, in order.</summary>
    public IReadOnlyList<NotebookOutput> ToOutputs()
    {
        lock (displays)
        {
            EndText();
            return [.. outputs.Select(o => o.Output)];
        }
    }

    private void Add(OutputShown shown)
    {
        if (clearsAtNext) Clear();
        if (shown.Output is StreamOutput piece)
        {
            if (piece.Stream != stream) EndText();
            stream = piece.Stream;
            text.Append(piece.Text);
            return;
        }

        EndText();
        var output = new ShownOutput(shown.Output);
        outputs.Add(output);
        if (shown.DisplayId is { } id) displays.Add(id, output);
    }

    private void Clear()
    {
        clearsAtNext = false;
        text.Clear();
        outputs.Clear();
    }

    private void EndText()
    {
        if (text.Length > 0) outputs.Add(new ShownOutput(new StreamOutput(stream, text.ToString())));
        text.Clear();
    }
}
