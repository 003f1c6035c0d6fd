using Caseload.Frames;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Runner;

namespace Caseload.Notebooks.Tests.Runner;

public sealed class NotebookRunnerTests : IDisposable
{
    // One runner for all: what it knows of the host's assemblies holds for every run.
    private static readonly NotebookRunner Runner = new();

    private readonly TemporaryFolder folder = new();

    private string Out => folder.File("out");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_code_cell_is_run_and_the_copy_holds_its_outputs_while_the_notebook_stays()
    {
        var path = folder.Write("a.ipynb", new Notebook(
        [
            new("m", CellKind.Markdown, "# A"), new("c1", CellKind.Code, "var x = 1;\nConsole.WriteLine(x);"),
            new("c2", CellKind.Code, "x + 1"),
        ]));
        var before = File.ReadAllText(path);

        var result = Assert.Single(Runner.Run([path], new RunSettings(Out)));

        Assert.Equal((path, 2, null, Path.Combine(Out, "a.ipynb")), (result.Path, result.CellsRun, result.Failure, result.ExecutedCopy));
        Assert.Equal(before, File.ReadAllText(path));
        var copy = NotebookReader.ReadFile(result.ExecutedCopy!);
        Assert.Equal([null, 1, 2], copy.Cells.Select(c => c.ExecutionCount));
        Assert.Equal(new StreamOutput(StreamName.Stdout, "1\n"), Assert.Single(copy.Cells[1].Outputs));
        Assert.Equal(2, Assert.IsType<ResultOutput>(Assert.Single(copy.Cells[2].Outputs)).ExecutionCount);
        Assert.Equal(".net-csharp", (string)copy.Metadata["kernelspec"]!["name"]!);
    }

    [Fact]
    public void Each_notebook_starts_afresh()
    {
        var first = folder.Write("1.ipynb", Make.Notebook("var x = 1;"));
        var second = folder.Write("2.ipynb", Make.Notebook("x"));
        var results = Runner.Run([first, second], new RunSettings(null));
        Assert.Null(results[0].Failure);
        Assert.Equal("CS0103", results[1].Failure!.Name);
    }

    [Fact]
    public void The_run_stops_at_the_first_cell_that_fails_and_says_where()
    {
        var first = folder.Write("1.ipynb", new Notebook([new("m", CellKind.Markdown, "text"), new("a", CellKind.Code, "1"),
            new("b", CellKind.Code, "var n = 0;\n  var m = 1 / n;"),
                new("c", CellKind.Code, "2") { ExecutionCount = 9, Outputs = [new StreamOutput(StreamName.Stdout, "old")] }]));
        var second = folder.Write("2.ipynb", Make.Notebook("1"));

        var result = Assert.Single(Runner.Run([first, second], new RunSettings(Out)));

        Assert.Equal(new NotebookFailure(first, 3, 2, 2, "  var m = 1 / n;",
            "System.DivideByZeroException", "Attempted to divide by zero."), result.Failure);
        var problem = result.Failure!.ToProblem();
        Assert.Equal((ProblemKind.CheckFailed, $"{first}, cell 3 (code cell 2), line 2: var m = 1 / n;"), (problem.Kind, problem.Where));
        var copy = NotebookReader.ReadFile(result.ExecutedCopy!);
        Assert.IsType<ErrorOutput>(Assert.Single(copy.Cells[2].Outputs));
        Assert.Empty(copy.Cells[3].Outputs);
        Assert.Null(copy.Cells[3].ExecutionCount);
        Assert.False(File.Exists(Path.Combine(Out, "2.ipynb")));
    }

    [Fact]
    public void A_notebook_works_in_its_own_folder_and_the_process_returns_to_its()
    {
        Directory.CreateDirectory(folder.File("deep"));
        folder.Write("deep/data.txt", "found");
        var path = folder.Write("deep/a.ipynb", Make.Notebook("File.ReadAllText(\"data.txt\")", "throw new Exception();"));
        var before = Environment.CurrentDirectory;
        var result = Assert.Single(Runner.Run([path], new RunSettings(Out)));
        Assert.Equal(before, Environment.CurrentDirectory);
        Assert.Equal("found",
            Assert.IsType<ResultOutput>(NotebookReader.ReadFile(result.ExecutedCopy!).Cells[0].Outputs[0]).Data.Text("text/plain"));
    }

    [Fact]
    public void The_same_notebook_gives_the_same_bytes()
    {
        var path = folder.Write("a.ipynb", Make.Notebook("new Random(1).Next()", "new[] { 1.5, 2 }", "display(\"x\")"));
        var texts = new[] { "one", "two" }
            .Select(o => File.ReadAllText(Runner.Run([path], new RunSettings(folder.File(o)))[0].ExecutedCopy!)).ToArray();
        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public void A_page_is_written_beside_the_copy_when_asked_for()
    {
        var path = folder.Write("a.ipynb", Make.Notebook("HTML(\"<b>shown</b>\")"));
        var result = Assert.Single(Runner.Run([path], new RunSettings(Out) { WriteHtml = true }));
        Assert.Equal(Path.Combine(Out, "a.html"), result.Page);
        Assert.Contains("<b>shown</b>", File.ReadAllText(result.Page!), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_told_before_each_cell_and_a_run_can_be_stopped_there()
    {
        var path = folder.Write("a.ipynb", Make.Notebook("1", "2", "3"));
        using var stop = new CancellationTokenSource();
        var told = new List<RunProgress>();
        var progress = new Listener(p =>
        {
            told.Add(p);
            if (p.CellNumber == 2) stop.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() =>
            Runner.Run([path], new RunSettings(Out) { Progress = progress, Cancellation = stop.Token }));
        Assert.Equal([new(path, 1, 1, 1, 3), new(path, 1, 1, 2, 3)], told);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void A_cell_without_code_is_passed_over_and_keeps_no_number()
    {
        var path = folder.Write("a.ipynb", Make.Notebook(" \n", "1"));
        var copy = NotebookReader.ReadFile(Runner.Run([path], new RunSettings(Out))[0].ExecutedCopy!);
        Assert.Equal([null, 1], copy.Cells.Select(c => c.ExecutionCount));
    }

    [Fact]
    public void A_cell_in_another_language_is_told()
    {
        var cell = new NotebookCell("f", CellKind.Code, "let x = 1")
            { Metadata = new() { ["polyglot_notebook"] = new System.Text.Json.Nodes.JsonObject { ["kernelName"] = "fsharp" } } };
        var path = folder.Write("a.ipynb", new Notebook([cell]));
        Assert.Equal("the cell is written in fsharp, and this host runs C#", Runner.Run([path], new RunSettings(null))[0].Failure!.Message);
    }

    [Fact]
    public void What_cannot_go_well_is_told_before_the_first_cell()
    {
        Directory.CreateDirectory(folder.File("sub"));
        var path = folder.Write("a.ipynb", Make.Notebook("File.WriteAllText(\"ran.txt\", \"\");"));
        var same = folder.Write("sub/a.ipynb", Make.Notebook("1"));
        var python = folder.Write("p.ipynb", Make.Notebook("1") with
            { Metadata = new() { ["kernelspec"] = new System.Text.Json.Nodes.JsonObject { ["language"] = "python" } } });
        Assert.Equal(ProblemKind.Unreadable,
            Make.ProblemOf(() => Runner.Run([path, folder.File("none.ipynb")], new RunSettings(Out))).Kind);
        Assert.Equal("a notebook in python", Make.ProblemOf(() => Runner.Run([path, python], new RunSettings(Out))).Found);
        Assert.Equal("two notebooks have the same name", Make.ProblemOf(() => Runner.Run([path, same], new RunSettings(Out))).Found);
        Assert.Equal("the executed copy would take the place of a notebook",
            Make.ProblemOf(() => Runner.Run([path], new RunSettings(folder.Path))).Found);
        Assert.False(File.Exists(folder.File("ran.txt")));
    }

    [Fact]
    public void A_folder_that_is_the_notebooks_own_under_another_name_is_no_place_for_copies()
    {
        Directory.CreateDirectory(folder.File("real"));
        var path = folder.Write("real/a.ipynb", Make.Notebook("1"));
        Directory.CreateSymbolicLink(folder.File("link"), folder.File("real"));
        Assert.Equal("the executed copy would take the place of a notebook",
            Make.ProblemOf(() => Runner.Run([path], new RunSettings(folder.File("link")))).Found);
        Assert.Equal("the executed copy would take the place of a notebook",
            Make.ProblemOf(() => Runner.Run([folder.File("link/a.ipynb")], new RunSettings(folder.File("real")))).Found);
    }

    [Fact]
    public void A_run_takes_the_parameters_and_the_copy_holds_them()
    {
        var path = folder.Write("a.ipynb", Parametrised("var seed = 1;", "seed + 1"));
        var result = Assert.Single(Runner.Run([path], new RunSettings(Out) { Parameters = [new("seed", "41")] }));
        var copy = NotebookReader.ReadFile(result.ExecutedCopy!);
        Assert.Equal("var seed = 41;", copy.Cells[0].Source);
        Assert.Equal("42", Assert.IsType<ResultOutput>(copy.Cells[1].Outputs[0]).Data.Text("text/plain"));
        Assert.Equal("""{"parameters":{"seed":"41"}}""", copy.Metadata["caseload"]!.ToJsonString());
    }

    [Fact]
    public void A_notebook_that_does_not_take_the_parameters_is_told_before_the_first_cell_of_any()
    {
        var path = folder.Write("a.ipynb", Parametrised("var seed = 1;", "File.WriteAllText(\"ran.txt\", \"\");"));
        var other = folder.Write("b.ipynb", Parametrised("var draws = 1;"));
        var problem = Make.ProblemOf(() => Runner.Run([path, other], new RunSettings(Out) { Parameters = [new("seed", "2")] }));
        Assert.Equal((ProblemKind.WrongUsage, $"{other}, cell 1"), (problem.Kind, problem.Where));
        Assert.False(File.Exists(folder.File("ran.txt")));
    }

    [Fact]
    public void A_cell_that_may_fail_stops_nothing_and_one_to_be_skipped_is_not_run()
    {
        var notebook = Make.Notebook("throw new Exception(\"expected\");", "File.WriteAllText(\"ran.txt\", \"\");", "1 + 1");
        var path = folder.Write("a.ipynb", notebook with
        {
            Cells = [Tagged(notebook.Cells[0], "raises-exception"), Tagged(notebook.Cells[1], "skip-execution"), notebook.Cells[2]],
        });
        var result = Assert.Single(Runner.Run([path], new RunSettings(Out)));
        Assert.Null(result.Failure);
        Assert.False(File.Exists(folder.File("ran.txt")));
        var copy = NotebookReader.ReadFile(result.ExecutedCopy!);
        Assert.Equal([1, null, 2], copy.Cells.Select(c => c.ExecutionCount));
        Assert.Equal("expected", Assert.IsType<ErrorOutput>(Assert.Single(copy.Cells[0].Outputs)).Message);
    }

    private static Notebook Parametrised(params string[] cells)
    {
        var notebook = Make.Notebook(cells);
        return notebook with { Cells = [Tagged(notebook.Cells[0], "parameters"), .. notebook.Cells.Skip(1)] };
    }

    private static NotebookCell Tagged(NotebookCell cell, string tag) =>
        cell with { Metadata = new() { ["tags"] = new System.Text.Json.Nodes.JsonArray(tag) } };

    [Fact]
    public async Task Warming_up_shows_nothing_and_leaves_the_console_alone()
    {
        var output = Console.Out;
        await Runner.WarmAsync();
        Assert.Same(output, Console.Out);
    }

    private sealed class Listener(Action<RunProgress> listen) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => listen(value);
    }
}
