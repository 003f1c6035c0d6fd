using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Runner;

/// <summary>One notebook after a run.</summary>
/// <param name="Notebook">The notebook with the outputs of this run and no others.</param>
/// <param name="CellsRun">How many code cells were run.</param>
/// <param name="Failure">What stopped it; null where every cell ran.</param>
internal sealed record NotebookExecution(Notebook Notebook, int CellsRun, NotebookFailure? Failure)
{
    // The tags that Jupyter's own runner, nbclient, obeys.
    private const string SkipTag = "skip-execution";
    private const string MayFailTag = "raises-exception";

    /// <summary>Runs the cells of a notebook in order until one fails. A cell without code is passed over, and so is one tagged
    /// <c>skip-execution</c>; a cell tagged <c>raises-exception</c> may fail.</summary>
    /// <param name="path">The notebook, for messages.</param>
    /// <param name="notebook">The notebook.</param>
    /// <param name="session">A fresh session.</param>
    /// <param name="beforeCell">Told the number of each cell, from 1, before it is run.</param>
    public static async Task<NotebookExecution> RunAsync(string path, Notebook notebook, NotebookSession session, Action<int> beforeCell)
    {
        var cells = notebook.Cells.Select(cell => cell with { ExecutionCount = null, Outputs = [] }).ToArray();
        var displays = new NotebookDisplays();
        var outputs = new Dictionary<int, OutputCollector>();
        NotebookFailure? failure = null;
        var run = 0;
        for (var i = 0; i < cells.Length && failure is null; i++)
        {
            beforeCell(i + 1);
            if (cells[i].Kind != CellKind.Code || string.IsNullOrWhiteSpace(cells[i].Source) || cells[i].HasTag(SkipTag)) continue;
            run++;
            cells[i] = cells[i] with { ExecutionCount = run };
            outputs[i] = new OutputCollector(displays);
            var stopped = await RunCellAsync(cells[i], i + 1, session, outputs[i]).ConfigureAwait(false);
            failure = stopped is null || cells[i].HasTag(MayFailTag) ? null : Describe(path, cells[i], i + 1, run, stopped);
        }

        // At the end: a later cell may have changed what an earlier one showed.
        foreach (var (i, collector) in outputs) cells[i] = cells[i] with { Outputs = collector.ToOutputs() };
        return new(Dialect.Describe(notebook with { Cells = cells }), run, failure);
    }

    private static async Task<CellFailure?> RunCellAsync(NotebookCell cell, int number, NotebookSession session, OutputCollector outputs)
    {
        if (Dialect.ForeignLanguage(cell) is { } language)
        {
            var message = $"the cell is written in {language}, and this host runs C#";
            var foreign = new CellFailure("Language", message, null, null, [message]);
            outputs.Take(new OutputShown(foreign.ToOutput()));
            return foreign;
        }

        var source = new CellSource($"cell {number}", cell.Source, cell.ExecutionCount ?? 0);
        return (await session.RunAsync(source, outputs).ConfigureAwait(false)).Failure;
    }

    private static NotebookFailure Describe(string path, NotebookCell cell, int number, int count, CellFailure failure)
    {
        var source = failure.Line is { } line ? cell.Source.Split('\n').ElementAtOrDefault(line - 1) ?? "" : "";
        return new(path, number, count, failure.Line, source.TrimEnd('\r'), failure.Name, failure.Message);
    }
}
