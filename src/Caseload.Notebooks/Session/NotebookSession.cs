using System.Globalization;
using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Formatting;
using Caseload.Notebooks.Session.Assistance;
using Caseload.Notebooks.Session.Packages;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

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
    private readonly SessionPackages packages;
    private readonly SubmissionCompiler compiler;
    private readonly CodeAssistant assistant;
    private readonly SessionSources sources;
    private readonly ValueFormatter formatter = new();
    private readonly HashSet<string> importing = new(StringComparer.Ordinal);
    private object?[] submissions = new object?[16];
    private CSharpCompilation? previous;
    private int compiled;

    /// <summary>Starts a session with no variables.</summary>
    /// <param name="settings">What it stands on.</param>
    public NotebookSession(SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var folder = Path.GetFullPath(settings.Folder);
        this.settings = settings with { Folder = folder };
        sources = new(folder);
        packages = new(folder, settings.Assemblies, context);
        compiler = new(settings.Assemblies, new(folder, settings.Assemblies, context), packages, folder);
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
        var outputs = new CellOutputs(client);

        // Away from the caller's thread: its synchronisation context must not catch what the cell awaits.
        var failure = await Task.Run(() => RunWithConsoleAsync(cell, outputs)).ConfigureAwait(false);
        if (failure is not null) outputs.Add(failure.ToOutput());
        outputs.Flush();
        return new CellResult(failure);
    }

    /// <summary>Compiles and runs a small cell, so that what follows need not wait for the compiler's
    /// own first run. The console is not touched.</summary>
    public async Task WarmAsync() => await Task.Run(() =>
        RunTextAsync(new CellSource("warm-up", WarmUp, 0), sources.PathOf("warm-up"), new CellOutputs(new NoClient()))).ConfigureAwait(false);

    /// <summary>Stops the cell that runs, if one does.</summary>
    public void Interrupt() => ThrowIfEnded();

    /// <summary>The value of an expression, as a notebook shows it; no output is emitted and no variable is declared.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>What it shows, or why it has no value.</returns>
    public Task<(Documents.MimeBundle? Value, CellFailure? Failure)> EvaluateAsync(string expression) =>
        throw new NotSupportedException(expression);

    /// <summary>What could stand at a place in a cell. It may be asked while a cell runs, and then knows the cells before that one.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units; one outside of the text is taken for its nearest end.</param>
    public CompletionList Complete(string code, int position)
    {
        ThrowIfEnded();
        return assistant.Complete(Volatile.Read(ref previous), code, position);
    }

    /// <summary>What is known of the name at a place in a cell. It may be asked while a cell runs.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units; one outside of the text is taken for its nearest end.</param>
    /// <param name="detail">How much is told.</param>
    /// <returns>Null where there is no name.</returns>
    public Inspection? Inspect(string code, int position, InspectionDetail detail)
    {
        ThrowIfEnded();
        return assistant.Inspect(Volatile.Read(ref previous), new(code, position, detail));
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
        submissions = [];
        previous = null;
        context.End();
    }

    private void ThrowIfEnded() => ObjectDisposedException.ThrowIf(submissions.Length == 0, this);

    private async Task<CellFailure?> RunWithConsoleAsync(CellSource cell, CellOutputs outputs)
    {
        using var console = new CellConsole(outputs);
        CellScope.Current = new CellScope(outputs, formatter);
        return await RunTextAsync(cell, sources.PathOf(cell.Name), outputs).ConfigureAwait(false);
    }

    private async Task<CellFailure?> RunTextAsync(CellSource cell, string path, CellOutputs outputs)
    {
        var started = settings.Clock.GetTimestamp();
        var directives = CellDirectives.Read(cell, SubmissionCompiler.ParseOptions);
        if (directives.Failure is not null) return directives.Failure;
        foreach (var import in directives.Imports)
        {
            if (await ImportAsync(cell, import, outputs).ConfigureAwait(false) is { } failure) return failure;
        }

        var (lines, wrong) = await packages.InstallAsync(directives.Packages, CancellationToken.None).ConfigureAwait(false);
        foreach (var line in lines) outputs.Add(new DisplayOutput(MimeBundle.Of("text/plain", line), []));
        if (wrong is not null) return directives.PackageFailure(cell, wrong);
        sources.Add(path, cell.Name, directives.Code);
        var result = await RunCodeAsync(directives.Code, path, cell.ExecutionCount, outputs).ConfigureAwait(false);
        if (directives.IsTimed)
        {
            var elapsed = settings.Clock.GetElapsedTime(started).TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture);
            outputs.Add(new DisplayOutput(MimeBundle.Of("text/plain", $"Wall time: {elapsed} ms"), []));
        }

        return result;
    }

    private async Task<CellFailure?> RunCodeAsync(SourceText code, string path, int count, CellOutputs outputs)
    {
        var compilation = compiler.Bind(code, path, ++compiled, previous);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var errors = SubmissionCompiler.Emit(compilation, image, symbols);
        foreach (var tree in compilation.SyntaxTrees) sources.AddFile(tree.FilePath, await tree.GetTextAsync().ConfigureAwait(false));
        if (errors.Count > 0) return CompileFailure.Of(errors, sources.NameOf, path);
        previous = compilation;
        if (!SubmissionCompiler.HasCode(compilation)) return null;
        try
        {
            var value = await StartAsync(compilation, image, symbols).ConfigureAwait(false);
            if (formatter.Format(value) is { } bundle) outputs.Add(new ResultOutput(bundle, new JsonObject(), count));
            return null;
        }
        catch (Exception e)
        {
            return ThrownFailure.Of(e, sources, path);
        }
    }

    private Task<object> StartAsync(CSharpCompilation compilation, MemoryStream image, MemoryStream symbols)
    {
        image.Position = symbols.Position = 0;
        var assembly = context.LoadCell(compilation.AssemblyName!, image, symbols);
        var entry = compilation.GetEntryPoint(CancellationToken.None)
            ?? throw new InvalidOperationException("the compiler gave the cell no entry point");
        var method = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!.GetMethod(entry.MetadataName,
            System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)!;

        // A cell's object takes the place of its number and finds those before it there; place 0 is for a host object, and there is none.
        if (compiled >= submissions.Length) Array.Resize(ref submissions, compiled * 2);
        return method.CreateDelegate<Func<object?[], Task<object>>>()(submissions);
    }

    private async Task<CellFailure?> ImportAsync(CellSource cell, string import, CellOutputs outputs)
    {
        var path = Path.GetFullPath(import, settings.Folder);
        if (!importing.Add(path)) return Fail($"{import} imports itself, directly or through another file");
        try
        {
            foreach (var (part, partPath) in ImportedFile.Read(path, Path.GetRelativePath(settings.Folder, path), cell.ExecutionCount))
            {
                if (await RunTextAsync(part, partPath, outputs).ConfigureAwait(false) is { } failure)
                {
                    return failure with { Line = null, Column = null, Traceback = [.. failure.Traceback, $"imported by {cell.Name}"] };
                }
            }

            return null;
        }
        catch (Caseload.Frames.ProblemException e)
        {
            return Fail($"{e.Problem.Found}; expected {e.Problem.Expected}: {import}");
        }
        finally
        {
            importing.Remove(path);
        }

        CellFailure Fail(string message) => new("Directive", message, null, null, [$"{cell.Name}: {message}"]);
    }

    private sealed class NoClient : ICellClient
    {
        public void Take(CellEvent shown)
        {
        }

        public string? ReadLine(InputRequest request) => null;
    }
}
