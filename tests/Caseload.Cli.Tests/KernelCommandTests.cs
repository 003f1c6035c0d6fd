using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Caseload.Cli.Tests;

/// <summary><c>caseload kernel</c> as a person meets it, with a home of its own.</summary>
public sealed class KernelCommandTests : IDisposable
{
    private readonly TemporaryFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void Install_says_where_and_list_shows_it_and_uninstall_takes_it_away()
    {
        Assert.Contains("Installed the kernel .net-csharp", Caseload("install").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("Updated the kernel .net-csharp", Caseload("install", "--user").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(home.Path, "jupyter", "kernels", ".net-csharp"), Caseload("list").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("Removed the kernel .net-csharp", Caseload("uninstall").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("nothing to remove", Caseload("uninstall").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("caseload kernel install", Caseload("list").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void List_gives_JSON()
    {
        Caseload("install").Succeeded();

        var kernel = Assert.Single(JsonNode.Parse(Caseload("list", "--json", "-").Succeeded().Output)!.AsArray())!;

        Assert.True((bool)kernel["ours"]! && (bool)kernel["can_start"]!);
        Assert.True(Path.IsPathRooted((string)kernel["program"]![0]!));
    }

    [Fact]
    public void Two_places_at_once_are_wrong_usage() => Caseload("install", "--user", "--prefix", home.Path).Stopped(2, "--user and --prefix");

    [Fact]
    public void A_prefix_that_cannot_be_written_is_told_with_the_way_out() =>
        Caseload("install", "--prefix", home.File("file", "")).Stopped(3, "cannot be written", "caseload kernel install --user");

    [Fact]
    public void A_connection_file_that_is_not_there_is_told_like_any_input_that_cannot_be_read() =>
        Caseload("start", Path.Combine(home.Path, "none.json")).Stopped(3, "none.json");

    [Fact]
    public void Jupyter_itself_finds_the_kernel_in_a_place_with_spaces_and_other_letters()
    {
        const string Absent = "Jupyter is not on this machine (apt-get install jupyter-client)";
        const string Jupyter = "/usr/bin/jupyter-kernelspec";
        Assert.False(!File.Exists(Jupyter) && Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1", Absent);
        Assert.SkipUnless(File.Exists(Jupyter), Absent);
        var prefix = Path.Combine(home.Path, "ein Präfix");
        Caseload("install", "--prefix", prefix).Succeeded();

        var listed = Run(Jupyter, ["list", "--json"], ("JUPYTER_PATH", Path.Combine(prefix, "share", "jupyter"))).Output;

        var kernel = JsonNode.Parse(listed)!["kernelspecs"]![".net-csharp"]!;
        Assert.Equal(Path.Combine(prefix, "share", "jupyter", "kernels", ".net-csharp"), (string)kernel["resource_dir"]!);
        Assert.Equal("C# (Caseload)", (string)kernel["spec"]!["display_name"]!);
    }

    private CaseloadRun Caseload(params string[] arguments) =>
        Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "caseload.dll"), "kernel", .. arguments]);

    private CaseloadRun Run(string program, string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
            { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // Nothing of the person who runs the tests is seen: uninstall would take their kernel away.
        foreach (var name in new[] { "VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONUSERBASE", "XDG_DATA_HOME", "JUPYTER_PATH", "IPYTHONDIR" })
            start.Environment.Remove(name);
        if (!OperatingSystem.IsWindows()) start.Environment["PATH"] = "/usr/bin:/bin";
        (string Name, string Value)[] own =
        [
            ("HOME", home.Path), ("USERPROFILE", home.Path), ("APPDATA", home.Path),
            ("JUPYTER_DATA_DIR", Path.Combine(home.Path, "jupyter")),
        ];
        foreach (var (name, value) in own.Concat(variables)) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), $"{program} does not end");
        return new CaseloadRun(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
