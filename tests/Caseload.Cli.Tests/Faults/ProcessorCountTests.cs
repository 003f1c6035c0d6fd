using System.Diagnostics;
using System.Security.Cryptography;

namespace Caseload.Cli.Tests.Faults;

/// <summary>The same inputs give the same bytes, on one processor and on several.</summary>
public sealed class ProcessorCountTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_simulation_its_cohort_and_what_a_run_finds_are_the_same_bytes()
    {
        var (one, three) = (Run(1), Run(3));

        Assert.Contains(one, file => file.Name == "cohort.csv");
        Assert.Contains(one, file => file.Name == Path.Combine("run", "tables", "coefficients.csv"));
        Assert.Equal(one, three);
    }

    public void Dispose() => folder.Dispose();

    private (string Name, string Hash)[] Run(int processors)
    {
        var into = Directory.CreateDirectory(Path.Combine(folder.Path, $"on-{processors}")).FullName;
        On(processors, into, "simulate", "--children", "1500", "--out", ".");
        On(processors, into, "cohort", "--returns", "returns", "--areas", "areas.csv", "--out", "cohort.csv", "--json", "cohort.json",
            "--continuity", "continuity.csv");
        On(processors, into, "reproduce", "--cohort", "cohort.csv", "--no-notebooks", "--out", "run");
        return [.. Directory.GetFiles(into, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(path => !path.EndsWith(".datapackage.json", StringComparison.Ordinal) && Path.GetFileName(path) != "run.json")
            .Select(path => (Path.GetRelativePath(into, path), Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))))];
    }

    private static void On(int processors, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "caseload.dll"), .. arguments, "--quiet"])
        {
            WorkingDirectory = folder, Environment = { ["DOTNET_PROCESSOR_COUNT"] = $"{processors}" },
        };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
