using System.Diagnostics;

namespace Caseload.Cli.Tests;

/// <summary><c>caseload notebooks</c> as a person meets it: a process with arguments, two streams and an exit code.</summary>
public sealed class NotebooksCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("caseload-cli-notebooks-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Run_writes_executed_copies_and_pages_and_says_so()
    {
        var path = Write("a.ipynb", "1 + 1");
        var (code, output, error) = Caseload("", "notebooks", "run", path, "--out", File("out"), "--html");
        Assert.True(code == 0, error);
        Assert.StartsWith($"{path}: 1 cell in ", output, StringComparison.Ordinal);
        Assert.Contains("\"text/plain\"", System.IO.File.ReadAllText(File("out/a.ipynb")), StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(File("out/a.html")));
        Assert.Equal("", error);
    }

    [Fact]
    public void Run_ends_with_1_at_a_failing_cell_and_tells_it_in_one_block()
    {
        var path = Write("a.ipynb", "var n = 0;\\n1 / n");
        var (code, output, error) = Caseload("", "notebooks", "run", path);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("found:    System.DivideByZeroException: Attempted to divide by zero.", error, StringComparison.Ordinal);
        Assert.Contains($"where:    {path}, cell 1 (code cell 1), line 2: 1 / n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ends_with_3_at_what_it_cannot_read_and_2_where_pages_have_no_place()
    {
        System.IO.File.WriteAllText(File("bad.ipynb"), "{");
        Assert.Equal(3, Caseload("", "notebooks", "run", File("bad.ipynb")).Code);
        Assert.Equal(3, Caseload("", "notebooks", "run", File("none.ipynb")).Code);
        Assert.Equal(2, Caseload("", "notebooks", "run", Write("a.ipynb", "1"), "--html").Code);
        Assert.Equal(2, Caseload("", "notebooks", "run").Code);
    }

    [Fact]
    public void Quiet_prints_nothing_where_all_went_well() =>
        Assert.Equal((0, "", ""), Caseload("", "notebooks", "run", Write("a.ipynb", "Console.WriteLine(1);"), "--quiet"));

    [Fact]
    public void Run_takes_parameters_and_ends_with_2_at_what_is_none()
    {
        var path = Write("a.ipynb", "var seed = 1;\\nConsole.WriteLine(seed);", metadata: "{\"tags\": [\"parameters\"]}");
        var (code, _, error) = Caseload("", "notebooks", "run", path, "-p", "seed=-42", "--out", File("out"));
        Assert.True(code == 0, error);
        Assert.Contains("-42\\n", System.IO.File.ReadAllText(File("out/a.ipynb")), StringComparison.Ordinal);
        var unknown = Caseload("", "notebooks", "run", path, "-p", "sede=2", "--parameter", "seed=3");
        Assert.Equal(2, unknown.Code);
        Assert.Contains("expected: one of: seed", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(2, Caseload("", "notebooks", "run", path, "-p", "seed=1.5").Code);
        Assert.Equal(2, Caseload("", "notebooks", "run", path, "-p", "seed").Code);
        Assert.Equal(2, Caseload("", "notebooks", "run", path, "-p", "seed=1", "-p", "seed=2").Code);
    }

    [Fact]
    public void Clean_strips_a_notebook_and_check_tells_before_and_is_content_after()
    {
        var path = Write("a.ipynb", "1",
            ", \"execution_count\": 4, \"outputs\": [{\"output_type\": \"stream\", \"name\": \"stdout\", \"text\": \"old\"}]");
        var before = System.IO.File.ReadAllText(path);
        var check = Caseload("", "notebooks", "clean", path, "--check");
        Assert.Equal(1, check.Code);
        Assert.Contains($"where:    {path}", check.Error, StringComparison.Ordinal);
        Assert.Equal(before, System.IO.File.ReadAllText(path));
        Assert.Equal(0, Caseload("", "notebooks", "clean", path).Code);
        Assert.DoesNotContain("old", System.IO.File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(0, Caseload("", "notebooks", "clean", path, "--check").Code);
    }

    [Fact]
    public void Clean_stands_in_a_pipe()
    {
        var notebook = System.IO.File.ReadAllText(Write("a.ipynb", "1", ", \"execution_count\": 4, \"outputs\": []"));
        var (code, output, _) = Caseload(notebook, "notebooks", "clean", "-");
        Assert.Equal(0, code);
        Assert.Contains("\"execution_count\": null", output, StringComparison.Ordinal);
        Assert.Equal(output, Caseload(output, "notebooks", "clean", "-").Output);
    }

    private string File(string name) => Path.Combine(folder.FullName, name);

    private string Write(string name, string code, string members = "", string metadata = "{}")
    {
        var cell = $"{{\"cell_type\": \"code\", \"id\": \"a\", \"metadata\": {metadata}, \"source\": \"{code}\"{members}}}";
        System.IO.File.WriteAllText(File(name), $"{{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {{}}, \"cells\": [{cell}]}}");
        return File(name);
    }

    private static (int Code, string Output, string Error) Caseload(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "caseload.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
