using System.Diagnostics;
using System.Globalization;

namespace Caseload.Clients.Tests.Fixtures;

/// <summary>
/// The built command, installed as a kernel into a folder of its own, with a small simulated run for the notebooks. What clients write
/// goes to that folder too, so that neither the machine's kernels matter nor anything is left. Made when a test first asks for it.
/// </summary>
public sealed class InstalledKernel : IDisposable
{
    /// <summary>The name by which the notebooks' metadata finds the kernel.</summary>
    internal const string Name = ".net-csharp";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<string> installed;
    private readonly Lazy<string> reproduced;

    public InstalledKernel()
    {
        installed = new Lazy<string>(Install);
        reproduced = new Lazy<string>(Reproduce);
    }

    /// <summary>The command, as the build left it.</summary>
    internal static string Command { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Caseload.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        OperatingSystem.IsWindows() ? "caseload.exe" : "caseload"));

    /// <summary>The kernelspec's folder; the kernel is installed at the first call.</summary>
    internal string Kernelspec => Path.Combine(installed.Value, "share", "jupyter", "kernels", Name);

    /// <summary>The folder of a small simulated run, made at the first call.</summary>
    internal string Run => reproduced.Value;

    /// <summary>A new empty folder, gone with the rest.</summary>
    internal string NewFolder(string name)
    {
        var path = Path.Combine(folder.Path, name);
        return Directory.CreateDirectory(path).FullName;
    }

    /// <summary>A client's start, in an environment in which this kernel is the only one of its name.</summary>
    /// <param name="program">The client.</param>
    /// <param name="workingFolder">Where it works.</param>
    /// <param name="arguments">Its arguments.</param>
    internal Launch Client(string program, string workingFolder, params string[] arguments) =>
        new(program, arguments, workingFolder, ClientEnvironment());

    /// <summary>Runs the command itself.</summary>
    internal Ended Caseload(params string[] arguments) =>
        ClientProcess.Run(new Launch(Command, arguments, folder.Path, OwnFolders()), Limit);

    public void Dispose()
    {
        var left = ProcessesNaming(folder.Path);
        foreach (var process in left) process.Kill(entireProcessTree: true);
        var names = string.Join(", ", left.Select(process => process.Id.ToString(CultureInfo.InvariantCulture)));
        folder.Dispose();
        if (left.Count > 0) throw new InvalidOperationException($"processes that tests started outlived them, and were ended: {names}");
    }

    private Dictionary<string, string> ClientEnvironment() => new(OwnFolders())
    {
        ["JUPYTER_PATH"] = Path.Combine(installed.Value, "share", "jupyter"),
        ["CASELOAD_RUN"] = Run,
        ["PYTHONDONTWRITEBYTECODE"] = "1",
        ["PYTHONNOUSERSITE"] = "1",
        ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1",
    };

    // Programs look for their own folders in different places; all are sent to this one.
    private Dictionary<string, string> OwnFolders() => new()
    {
        ["HOME"] = NewFolder("home"),
        ["JUPYTER_DATA_DIR"] = NewFolder("data"),
        ["JUPYTER_CONFIG_DIR"] = NewFolder("config"),
        ["JUPYTER_RUNTIME_DIR"] = NewFolder("runtime"),
        ["IPYTHONDIR"] = NewFolder("ipython"),
        ["TMPDIR"] = NewFolder("tmp"),
    };

    private string Install()
    {
        var prefix = NewFolder("prefix");
        Caseload("kernel", "install", "--prefix", prefix).Succeeded();
        Assert.True(File.Exists(Path.Combine(prefix, "share", "jupyter", "kernels", Name, "kernel.json")),
            "the command installed no kernel.json");
        return prefix;
    }

    private string Reproduce()
    {
        var run = Path.Combine(folder.Path, "run");
        Caseload("reproduce", "--children", "6000", "--no-notebooks", "--out", run).Succeeded();
        return run;
    }

    // A kernel's command line holds its connection file, which stands in the folder of this run.
    private static List<Process> ProcessesNaming(string path)
    {
        if (!OperatingSystem.IsLinux()) return [];
        return [.. Process.GetProcesses().Where(process =>
            process.Id != Environment.ProcessId && CommandLine(process.Id).Contains(path, StringComparison.Ordinal))];
    }

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
