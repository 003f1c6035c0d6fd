using System.Diagnostics;
using System.Globalization;

namespace Caseload.Benchmarks.Kernel;

/// <summary><c>kernel</c>: what a front end waits for, of this kit's kernel and of ipykernel in the same run, through Debian's
/// jupyter_client.</summary>
internal static class KernelCommand
{
    private const string Python = "/usr/bin/python3";

    private static readonly Dictionary<string, string> Goals = new()
    {
        ["start to first result, s"] = "1.0",
        ["trivial cell, ms"] = "10",
        ["completion, ms"] = "50",
        ["interrupt of a loop, ms"] = "50",
        ["resident memory after these, MB"] = "300",
    };

    internal static int Run(Arguments arguments)
    {
        var runs = arguments.Number("--runs", 10).ToString(CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("caseload-kernel-");
        try
        {
            Start(Installed.Command(), ["kernel", "install"], folder.FullName);
            var own = Measure(folder.FullName, ".net-csharp", "CSHARP", runs);
            var peer = Measure(folder.FullName, "python3", "PYTHON", runs);
            Table.Head("what", "asked for", "caseload", "ipykernel", "caseload / ipykernel");
            foreach (var (name, value) in own)
                Table.Row(name, Goals.GetValueOrDefault(name, ""), Text(value), Text(peer[name]), Text(value / peer[name]));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, double> Measure(string folder, string kernel, string language, string runs)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Kernel", "measure.py");
        return Start(Python, ["-B", script, kernel, language, runs], folder).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')).ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture));
    }

    private static string Start(string program, string[] words, string folder)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true };
        start.Environment["JUPYTER_DATA_DIR"] = folder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}");
    }

    private static string Text(double value) => value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
