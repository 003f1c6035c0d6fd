using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Formatting;
using Caseload.Notebooks.Session.Assistance;
using Caseload.Notebooks.Session.Consoles;
using Caseload.Notebooks.Session.Displays;
using Caseload.Notebooks.Session.Packages;
using Caseload.Notebooks.Session.Stopping;

namespace Caseload.Notebooks.Session;

/// <summary>What a session stands on.</summary>
/// <param name="Folder">The notebook's folder: <c>#r</c>, <c>#load</c> and <c>#!import</c> look there.</param>
/// <param name="Assemblies">What the host holds.</param>
/// <param name="Clock">Measures <c>#!time</c>.</param>
public sealed record SessionSettings(string Folder, HostAssemblies Assemblies, TimeProvider Clock);

/// <summary>
/// Runs the cells of one notebook, one after another: a variable that one cell sets, the next one sees. It knows cells and outputs
/// and nothing of the front end that shows them.
/// </summary>
/// <remarks>One cell at a time; the console is the process's, so also one session at a time.
/// A stack overflow in a cell ends the process.</remarks>
public sealed class NotebookSession : IDisposable
{
    private const string WarmUp = """
        var numbers = Enumerable.Range(1, 3).Select(n => new { Number = n, Text = $"{n:F1}" }).ToList();
        await Task.Yield();
        numbers.Where(n => n.Number > 1)
        """;

    private readonly SessionSettings settings;
    private readonly NotebookLoadContext context = new();
    private readonly CodeAssistant assistant;
    private readonly SessionSources sources;
    private readonly SubmissionChain chain;
    private readonly CellSteps steps;
    private readonly ValueFormatter formatter = new();
    private readonly DisplayNames names = new();
    private readonly CellConsole console = new();
    private volatile CellRun? current;
    private bool hasEnded;

    /// <summary>Starts a session with no variables.</summary>
    /// <param name="settings">What it stands on.</param>
    public NotebookSession(SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var folder = Path.GetFullPath(settings.Folder);
        this.settings = settings with { Folder = folder };
        sources = new(folder);
        var packages = new SessionPackages(folder, settings.Assemblies, context);
        var compiler = new SubmissionCompiler(settings.Assemblies, new(folder, settings.Assemblies, context), packages, folder);
        chain = new(compiler, context, sources);
        steps = new(chain, sources, packages, this.settings);
        assistant = new(compiler, folder);
    }

    /// <summary>Runs a cell. What it throws ends in the result; its variables, and those of the cells before, stay.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="client">Takes each output as it comes, the failure among them as the last.</param>
    /// <returns>What became of it.</returns>
    public async Task<CellResult> RunAsync(CellSource cell, ICellClient client)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(client);
        var run = NewRun(client);
        var failure = await DriveAsync(run, () => RunWholeAsync(run, cell)).ConfigureAwait(false);
        var isInterrupted = run.Scope.Threads.IsInterrupted;
        if (isInterrupted) failure = InterruptedFailure.Of(failure, run.IsLeftRunning);
        if (failure is not null) run.Scope.Outputs.Add(failure.ToOutput());
        run.Scope.Outputs.Flush();
        return new CellResult(failure) { IsInterrupted = isInterrupted };
    }

    /// <summary>Compiles and runs a small cell, so that what follows need not wait for the compiler's
    /// own first run. The console is not touched.</summary>
    public async Task WarmAsync()
    {
        var run = NewRun(new NoClient());
        await run.StartAsync(() => steps.RunAsync(run, new CellSource("warm-up", WarmUp, 0))).ConfigureAwait(false);
    }

    /// <summary>Stops the cell that runs, if one does. Its loops and functions stop at once, and so do its waits. Where a library goes on
    /// for five seconds and more, the cell is answered without it. Returns at once; the answer comes from the run.</summary>
    public void Interrupt() => current?.Interrupt();

    /// <summary>Hands out what the cell that runs wrote and what is still held to be sent together.</summary>
    public void Flush() => current?.Scope.Outputs.Flush();

    /// <summary>The value of an expression, as a notebook shows it; no output is emitted and no variable is declared.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>What it shows, which is null for null, or why it has no value.</returns>
    public async Task<(MimeBundle? Value, CellFailure? Failure)> EvaluateAsync(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var run = NewRun(new NoClient());
        MimeBundle? value = null;
        var failure = await DriveAsync(run, async () =>
        {
            (value, var stopped) = await steps.EvaluateAsync(run, expression).ConfigureAwait(false);
            return stopped;
        }).ConfigureAwait(false);
        if (run.Scope.Threads.IsInterrupted) failure = InterruptedFailure.Of(failure, run.IsLeftRunning);
        return failure is null ? (value, null) : (null, failure);
    }

    /// <summary>What could stand at a place in a cell.
    /// It may be asked while a cell runs, and then knows the cells before that one.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units; one outside of the text is taken for its nearest end.</param>
    public CompletionList Complete(string code, int position)
    {
        ThrowIfEnded();
        return assistant.Complete(chain.Last, code, position);
    }

    /// <summary>What is known of the name at a place in a cell. It may be asked while a cell runs.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units; one outside of the text is taken for its nearest end.</param>
    /// <param name="detail">How much is told.</param>
    /// <returns>Null where there is no name.</returns>
    public Inspection? Inspect(string code, int position, InspectionDetail detail)
    {
        ThrowIfEnded();
        return assistant.Inspect(chain.Last, new(code, position, detail));
    }

    /// <summary>Whether a cell's text is ready to run.</summary>
    /// <param name="code">The cell's text.</param>
    public Completeness IsComplete(string code)
    {
        ThrowIfEnded();
        return CodeAssistant.IsComplete(code);
    }

    /// <summary>Lets go of the session's variables and compiled cells.</summary>
    public void Dispose()
    {
        hasEnded = true;
        current?.Interrupt();
        console.Dispose();
        chain.Clear();
        context.End();
    }

    private void ThrowIfEnded() => ObjectDisposedException.ThrowIf(hasEnded, this);

    private CellRun NewRun(ICellClient client) =>
        new(new CellScope(client, formatter, names, sources, settings.Clock), settings.Clock);

    // What the cell reported last is shown as a part of it: its text may be code without an end, which an interrupt stops.
    private async Task<CellFailure?> RunWholeAsync(CellRun run, CellSource cell)
    {
        var failure = await steps.RunAsync(run, cell).ConfigureAwait(false);
        run.IsPreparing = false;
        CellScope.Current = run.Scope;
        try
        {
            run.Scope.Outputs.Finish();
        }
        catch (ThreadInterruptedException)
        {
            // The cell was interrupted, and ends here all the same.
        }

        return failure;
    }

    private async Task<CellFailure?> DriveAsync(CellRun run, Func<Task<CellFailure?>> cell)
    {
        ThrowIfEnded();
        console.Take();
        current = run;
        try
        {
            return await run.StartAsync(cell).ConfigureAwait(false);
        }
        finally
        {
            current = null;
        }
    }

    private sealed class NoClient : ICellClient
    {
        public void Take(CellEvent shown)
        {
        }

        public string? ReadLine(InputRequest request) => null;
    }
}
