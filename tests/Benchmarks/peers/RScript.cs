using System.ComponentModel;
using System.Diagnostics;

namespace Caseload.Benchmarks.Peers;

/// <summary>What a script of R printed after the mark <c>RESULT</c>, or why there is nothing.</summary>
/// <param name="Result">The words after the mark; null where there is none.</param>
/// <param name="Absence">Why there is none.</param>
internal sealed record ScriptRun(string[]? Result, string Absence);

/// <summary>Runs the R scripts of this folder.</summary>
internal static class RScript
{
    private const string Mark = "RESULT\t";
    private const string Absent = "ABSENT\t";

    /// <summary>Runs a script; it is ended at the time limit.</summary>
    /// <param name="script">Its file name.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="arguments">What it is given.</param>
    internal static ScriptRun Run(string script, TimeSpan limit, params string[] arguments)
    {
        var start = new ProcessStartInfo("Rscript", ["--vanilla", Path.Combine(AppContext.BaseDirectory, "peers", script), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                return new ScriptRun(null, $"stopped after {limit.TotalSeconds:0} s");
            }

            return Read(output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return new ScriptRun(null, "R is absent");
        }
    }

    private static ScriptRun Read(string output, string error)
    {
        foreach (var line in output.Split('\n'))
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal)) return new ScriptRun(line[Mark.Length..].Split('\t'), "");
            if (line.StartsWith(Absent, StringComparison.Ordinal)) return new ScriptRun(null, $"package {line[Absent.Length..]} is absent");
        }

        return new ScriptRun(null, "failed: " + (error.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "no output"));
    }
}
