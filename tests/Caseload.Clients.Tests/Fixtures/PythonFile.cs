using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Caseload.Clients.Tests.Fixtures;

/// <summary>What became of one test method written in Python.</summary>
/// <param name="Outcome"><c>ok</c>, <c>failed</c> or <c>skipped</c>.</param>
/// <param name="Text">What it said.</param>
internal sealed record PythonOutcome(string Outcome, string Text);

/// <summary>A file of tests written in Python, run once for all of its methods by the interpreter that jupyter_client belongs to.</summary>
internal static partial class PythonFile
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    // One run a file and test run; a test run ends with its process.
    private static readonly ConcurrentDictionary<string, Lazy<Result>> Results = new(StringComparer.Ordinal);

    private static string Folder => Path.Combine(Checkout.Root, "tests", "Caseload.Clients.Tests", "jupyter_client");

    /// <summary>The methods that stand in a file.</summary>
    /// <param name="file">The file's name without <c>.py</c>.</param>
    public static TheoryData<string> Methods(string file) =>
        [.. TestMethod().Matches(File.ReadAllText(Path.Combine(Folder, file + ".py"))).Select(match => match.Groups[1].Value)];

    /// <summary>A method ended well; it is skipped here where it was skipped there.</summary>
    /// <param name="kernel">The kernel that it speaks to.</param>
    /// <param name="file">The file's name without <c>.py</c>.</param>
    /// <param name="method">The method.</param>
    public static void Passes(InstalledKernel kernel, string file, string method)
    {
        ClientTools.RequireModule("jupyter_client");
        var result = Results.GetOrAdd(file, name => new Lazy<Result>(() => Run(kernel, name))).Value;
        Assert.True(result.Outcomes.TryGetValue(method, out var outcome), $"{file}.{method} was not run: {result.Process.Account}");
        Assert.SkipWhen(outcome.Outcome == "skipped", outcome.Text);
        Assert.True(outcome.Outcome == "ok", $"{outcome.Text}\n{result.Process.Account}");
    }

    private static Result Run(InstalledKernel kernel, string file)
    {
        var outcomes = Path.Combine(kernel.NewFolder("python"), file + ".json");
        var folder = kernel.NewFolder("work-" + file);
        var launch = kernel.Client(ClientTools.Python, folder, "-B", Path.Combine(Folder, "run.py"), file, outcomes);
        var process = ClientProcess.Run(launch with
        {
            Environment = new Dictionary<string, string>(launch.Environment)
            {
                ["CASELOAD_STUDY"] = Path.Combine(Path.GetDirectoryName(InstalledKernel.Command)!, "Caseload.Study.dll"),
            },
        }, Limit);
        var read = File.Exists(outcomes)
            ? JsonSerializer.Deserialize<Dictionary<string, PythonOutcome>>(File.ReadAllText(outcomes), JsonSerializerOptions.Web)!
            : [];
        return new Result(process, read);
    }

    [GeneratedRegex(@"^    def (test_\w+)\(self", RegexOptions.Multiline)]
    private static partial Regex TestMethod();

    private sealed record Result(Ended Process, IReadOnlyDictionary<string, PythonOutcome> Outcomes);
}
