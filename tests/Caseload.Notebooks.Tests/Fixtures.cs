using Caseload.Frames;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Caseload.Notebooks.Tests;

/// <summary>A folder that is deleted at the end of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("caseload-notebooks-");

    public string Path => folder.FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public string Write(string name, Notebook notebook)
    {
        NotebookWriter.WriteFile(File(name), notebook);
        return File(name);
    }

    /// <summary>Compiles a library into the folder.</summary>
    public string WriteLibrary(string name, string code, params string[] references)
    {
        var framework = System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var all = references.Append(typeof(object).Assembly.Location).Append(System.IO.Path.Combine(framework, "System.Runtime.dll"));
        var result = CSharpCompilation.Create(System.IO.Path.GetFileName(name), [CSharpSyntaxTree.ParseText(code)],
            all.Select(r => MetadataReference.CreateFromFile(r)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(File(name + ".dll"));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return File(name + ".dll");
    }

    public void Dispose() => folder.Delete(recursive: true);
}

/// <summary>Notebooks made in code.</summary>
internal static class Make
{
    public static Notebook Notebook(params IEnumerable<string> codeCells) =>
        new([.. codeCells.Select((code, i) => new NotebookCell($"c{i + 1}", CellKind.Code, code))]);

    public static Notebook Read(string json) => NotebookReader.Read(System.Text.Encoding.UTF8.GetBytes(json), "test.ipynb");

    public static Problem ProblemOf(Action action) => Assert.Throws<ProblemException>(action).Problem;
}

/// <summary>A session and the outputs of its last cell.</summary>
internal sealed class SessionDriver : IDisposable, ICellClient
{
    // Read once for all sessions of a test run, as a runner does.
    public static readonly HostAssemblies Host = new();

    private readonly NotebookSession session;
    private int cells;

    public SessionDriver(string? folder = null, TimeProvider? clock = null)
    {
        BackgroundFailures.TellInCell();
        session = new(new(folder ?? Path.GetTempPath(), Host, clock ?? TimeProvider.System));
    }

    public NotebookSession Session => session;

    public List<NotebookOutput> Outputs { get; } = [];

    public List<CellEvent> Events { get; } = [];

    /// <summary>Told of each event as it comes.</summary>
    public Action<CellEvent> Listener { get; set; } = _ => { };

    /// <summary>Answers what a cell asks.</summary>
    public Func<InputRequest, string?> Answer { get; set; } = _ => null;

    public string Text => string.Concat(Outputs.OfType<StreamOutput>().Select(s => s.Text));

    public CellResult Run(string code) => Start(code).GetAwaiter().GetResult();

    public Task<CellResult> Start(string code)
    {
        lock (Outputs)
        {
            Outputs.Clear();
            Events.Clear();
        }

        return session.RunAsync(new CellSource($"cell {++cells}", code, cells), this);
    }

    /// <summary>Runs a cell and interrupts it as soon as it prints.</summary>
    public (CellResult Result, TimeSpan After) Interrupt(string code)
    {
        var printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Listener = shown => printed.TrySetResult();
        var running = Start(code);
        Assert.Same(printed.Task, Task.WhenAny(printed.Task, running, Task.Delay(TimeSpan.FromSeconds(60))).GetAwaiter().GetResult());
        var began = TimeProvider.System.GetTimestamp();
        session.Interrupt();
        var result = running.WaitAsync(TimeSpan.FromSeconds(60)).GetAwaiter().GetResult();
        return (result, TimeProvider.System.GetElapsedTime(began));
    }

    public void Take(CellEvent shown)
    {
        lock (Outputs)
        {
            Events.Add(shown);
            if (shown is OutputShown { Output: var output }) Outputs.Add(output);
        }

        Listener(shown);
    }

    public string? ReadLine(InputRequest request) => Answer(request);

    /// <summary>The text of the last expression's value; null where there is none. The cell must not fail.</summary>
    public string? Value(string code)
    {
        Assert.Null(Run(code).Failure);
        return Outputs.OfType<ResultOutput>().SingleOrDefault()?.Data.Text("text/plain");
    }

    public CellFailure Failure(string code) => Run(code).Failure ?? throw new Xunit.Sdk.XunitException("the cell ran to its end");

    public void Dispose() => session.Dispose();
}
