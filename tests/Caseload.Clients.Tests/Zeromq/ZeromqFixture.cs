using System.Text.Json;
using System.Text.RegularExpressions;
using Caseload.Clients.Tests.Fixtures;

namespace Caseload.Clients.Tests.Zeromq;

/// <summary>The checks of zeromq/client.js, run once in Node on the zeromq.js that npm fetches.</summary>
public sealed partial class ZeromqFixture
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly Lock gate = new();
    private (Ended Process, IReadOnlyDictionary<string, string> Results)? run;

    /// <summary>The names of the checks.</summary>
    internal static TheoryData<string> Checks =>
        [.. CheckName().Matches(File.ReadAllText(Path.Combine(Source, "client.js"))).Select(match => match.Groups[1].Value)];

    private static string Source => Path.Combine(Checkout.Root, "tests", "Caseload.Clients.Tests", "zeromq");

    // Beside the other packages that the build fetches; it is kept for the next run.
    private static string Packages => Path.Combine(Checkout.Root, "artifacts", "npm", "zeromq");

    /// <summary>What went wrong with a check; empty where nothing did. Tests are skipped where Node or npm's package is absent.</summary>
    internal string Failure(InstalledKernel kernel, string check)
    {
        lock (gate) run ??= Run(kernel);
        var (process, results) = run.Value;
        return results.TryGetValue(check, out var failure) ? failure : $"it was not run: {process.Account}";
    }

    private static (Ended Process, IReadOnlyDictionary<string, string> Results) Run(InstalledKernel kernel)
    {
        var node = ClientTools.OnPath("node");
        Fetch();
        var folder = kernel.NewFolder("node");
        var results = Path.Combine(folder, "results.json");
        var launch = kernel.Client(node, folder, Path.Combine(Source, "client.js"), kernel.Kernelspec, results);
        var environment = new Dictionary<string, string>(launch.Environment) { ["NODE_PATH"] = Path.Combine(Packages, "node_modules") };
        var process = ClientProcess.Run(launch with { Environment = environment }, Limit);
        return (process, File.Exists(results) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(results))! : []);
    }

    // What the lock file names; fetched again when it changes.
    private static void Fetch()
    {
        var (wanted, had) = (Path.Combine(Source, "package-lock.json"), Path.Combine(Packages, "fetched"));
        if (File.Exists(had) && File.ReadAllText(had) == File.ReadAllText(wanted)) return;
        Directory.CreateDirectory(Packages);
        foreach (var name in new[] { "package.json", "package-lock.json", ".npmrc" })
            File.Copy(Path.Combine(Source, name), Path.Combine(Packages, name), overwrite: true);
        var npm = ClientProcess.Run(new Launch(ClientTools.OnPath("npm"), ["ci"], Packages, new Dictionary<string, string>()), Limit);
        External.Require(npm.Code == 0, $"npm could not fetch zeromq: {npm.Account}");
        File.Copy(wanted, had, overwrite: true);
    }

    [GeneratedRegex("^check\\(\"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex CheckName();
}
