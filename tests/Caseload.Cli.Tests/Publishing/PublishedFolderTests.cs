using System.Diagnostics;

namespace Caseload.Cli.Tests.Publishing;

/// <summary>
/// The folder that <c>dotnet publish</c> makes, on a machine without a network and without .NET: a network namespace that has no route,
/// and an environment in which nothing leads to the SDK. CASELOAD_PUBLISHED names the folder for Linux, CASELOAD_PUBLISHED_WINDOWS that
/// for Windows, which is looked at and not run.
/// </summary>
public sealed class PublishedFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reproduce_makes_a_report_and_runs_the_notebooks()
    {
        Offline("\"$KIT/caseload\" reproduce --children 3000 --quiet").Succeeded();

        Assert.True(File.Exists(Path.Combine(folder.Path, "output", "report.html")));
        Assert.Equal(7, Directory.GetFiles(Path.Combine(folder.Path, "output", "notebooks"), "*.ipynb").Length);
    }

    [Fact]
    public void A_notebook_runs_though_the_library_that_it_names_is_not_there()
    {
        Offline("\"$KIT/caseload\" notebooks run \"$KIT/notebooks/02-risk-groups.ipynb\" --out out --html --quiet").Succeeded();

        Assert.True(File.Exists(Path.Combine(folder.Path, "out", "02-risk-groups.html")));
    }

    [Fact]
    public void Jupyter_starts_the_kernel_and_gets_a_result()
    {
        const string Absent = "Jupyter's client is not on this machine (apt-get install python3-jupyter-client)";
        const string Package = "/usr/lib/python3/dist-packages/jupyter_client";
        Assert.False(!Directory.Exists(Package) && IsRequired, Absent);
        Assert.SkipUnless(Directory.Exists(Package), Absent);
        var script = Path.Combine(Checkout.Root, "tests", "Caseload.Cli.Tests", "Publishing", "kernel.py");

        var run = Offline($"\"$KIT/caseload\" kernel install >&2 && exec /usr/bin/python3 -B '{script}'");

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("13", run.Output.Trim());
    }

    [Fact]
    public void It_holds_what_a_person_needs_to_read_and_to_run()
    {
        var kit = Published("CASELOAD_PUBLISHED", "linux-x64");

        Assert.All(["caseload", "libcoreclr.so", "README.md", "LICENSE", .. Everywhere], file => Assert.True(File.Exists(Path.Combine(kit, file)), file));
    }

    [Fact]
    public void The_one_for_windows_holds_the_same_with_programs_of_windows()
    {
        var kit = Published("CASELOAD_PUBLISHED_WINDOWS", "win-x64");

        Assert.All(["README.md", "LICENSE", .. Everywhere], file => Assert.True(File.Exists(Path.Combine(kit, file)), file));
        Assert.All(["caseload.exe", "coreclr.dll", "hostfxr.dll", "e_sqlite3.dll"], file =>
            Assert.Equal("MZ"u8.ToArray(), File.ReadAllBytes(Path.Combine(kit, file))[..2]));
        Assert.Empty(Directory.GetFiles(kit, "*.so"));
    }

    private static string[] Everywhere =>
    [
        "Microsoft.CodeAnalysis.CSharp.dll", "System.Private.CoreLib.dll", "data-schema/datapackage.json", "docs/kernel.md",
        .. Directory.GetFiles(Path.Combine(Checkout.Root, "notebooks"), "*.ipynb").Select(path => "notebooks/" + Path.GetFileName(path)),
    ];

    private static bool IsRequired => Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1";

    private static string Published(string variable, string runtime)
    {
        var kit = Environment.GetEnvironmentVariable(variable);
        var absent = $"no folder was published (dotnet publish src/Caseload.Cli -r {runtime} -o DIR, then {variable}=DIR)";
        Assert.False(kit is null && IsRequired, absent);
        Assert.SkipWhen(kit is null, absent);
        return Path.GetFullPath(kit!);
    }

    private CaseloadRun Offline(string script)
    {
        var kit = Published("CASELOAD_PUBLISHED", "linux-x64");
        const string Unshare = "/usr/bin/unshare";
        Assert.SkipWhen(!File.Exists(Unshare) || Shell(Unshare, ["-n", "/bin/true"]).Code != 0, "this user may not make a network namespace");
        string[] clean = ["-i", "PATH=/nowhere", $"HOME={folder.Path}", $"KIT={kit}", "LANG=C.UTF-8"];
        return Shell(Unshare, ["-n", "/usr/bin/env", .. clean, "/bin/sh", "-c", $"/usr/sbin/ip link set lo up && {script}"]);
    }

    private CaseloadRun Shell(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
            { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromMinutes(5))) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new CaseloadRun(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
