using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Documents.Pages;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Runner;

/// <summary>
/// Runs notebooks from their first cell to their last, each in a fresh session and in its own folder. A notebook is only read: what it
/// gives goes into a copy.
/// </summary>
/// <remarks>Console and working folder belong to the process, so one run at a time.</remarks>
public sealed class NotebookRunner
{
    private readonly HostAssemblies assemblies = new();

    /// <summary>Runs notebooks in order and stops after the first that fails.</summary>
    /// <param name="paths">The notebooks.</param>
    /// <param name="settings">How to run them.</param>
    /// <returns>One result for each notebook that was begun; only the last can hold a failure.</returns>
    /// <exception cref="ProblemException">Unreadable: a notebook cannot be read, is in another language, or a copy cannot be written;
    /// wrong usage: a copy would take the place of a notebook or of another copy, or a notebook does not take the parameters. All but the
    /// writing is checked before the first cell.</exception>
    public IReadOnlyList<NotebookResult> Run(IReadOnlyList<string> paths, RunSettings settings) =>
        RunAsync(paths, settings).GetAwaiter().GetResult();

    /// <summary>Runs notebooks as <see cref="Run"/> does.</summary>
    /// <param name="paths">The notebooks.</param>
    /// <param name="settings">How to run them.</param>
    public async Task<IReadOnlyList<NotebookResult>> RunAsync(IReadOnlyList<string> paths, RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(settings);
        var jobs = RunPlan.Of(paths, settings);
        var charts = settings is { WriteHtml: true, OutFolder: not null, ChartScript: { } script } ? ChartScript.Read(script) : null;
        var results = new List<NotebookResult>(jobs.Count);
        foreach (var job in jobs)
        {
            results.Add(await RunOneAsync(job, jobs.Count, settings, charts).ConfigureAwait(false));
            if (results[^1].Failure is not null) break;
        }

        return results;
    }

    /// <summary>
    /// Compiles and runs a small cell. The compiler's own first run takes a second or more; a caller that has other work to do first
    /// can start this beside it, and the first notebook does not wait.
    /// </summary>
    public async Task WarmAsync()
    {
        using var session = new NotebookSession(new(Path.GetTempPath(), assemblies, TimeProvider.System));
        await session.WarmAsync().ConfigureAwait(false);
    }

    private async Task<NotebookResult> RunOneAsync(RunJob job, int jobCount, RunSettings settings, ChartScript? charts)
    {
        var started = settings.Clock.GetTimestamp();
        NotebookExecution execution;
        using (new WorkingFolder(job.Folder))
        using (var session = new NotebookSession(new(job.Folder, assemblies, settings.Clock)))
        {
            execution = await NotebookExecution.RunAsync(job.Path, job.Notebook, session, BeforeCell).ConfigureAwait(false);
        }

        var duration = settings.Clock.GetElapsedTime(started);
        if (job.Copy is { } copy) NotebookWriter.WriteFile(copy, execution.Notebook);
        return new(job.Path, execution.CellsRun, duration, execution.Failure, job.Copy, WritePage());

        void BeforeCell(int number)
        {
            settings.Cancellation.ThrowIfCancellationRequested();
            settings.Progress?.Report(new(job.Path, job.Number, jobCount, number, job.Notebook.Cells.Count));
        }

        string? WritePage()
        {
            if (!settings.WriteHtml || job.Copy is null) return null;
            var page = Path.ChangeExtension(job.Copy, ".html");
            var look = new PageSettings(Path.GetFileNameWithoutExtension(page), job.Folder) { Charts = charts };
            OutputFile.WriteText(page, writer => writer.Write(NotebookPage.Render(execution.Notebook, look)));
            return page;
        }
    }
}
