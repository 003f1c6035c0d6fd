using System.Diagnostics;

namespace Caseload.Cli.Tests.Pages;

/// <summary>
/// axe-core, which judges a page as people with assistive technology meet it. npm fetches it once into the artifacts folder; a test that
/// needs it is skipped where that cannot be, and says so; with CASELOAD_REQUIRE_EXTERNAL=1 it fails.
/// </summary>
internal static class AxeCore
{
    private const string Absent = "npm could not fetch axe-core";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly Lazy<string?> Script = new(Find);

    /// <summary>The script's text; the test is skipped where it cannot be had.</summary>
    public static string Require()
    {
        Assert.False(Script.Value is null && Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1", Absent);
        Assert.SkipWhen(Script.Value is null, Absent);
        return Script.Value!;
    }

    private static string? Find()
    {
        var folder = Path.Combine(Checkout.Root, "artifacts", "npm", "axe");
        var script = Path.Combine(folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(script)) Fetch(folder);
        return File.Exists(script) ? File.ReadAllText(script) : null;
    }

    private static void Fetch(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in new[] { "package.json", "package-lock.json", ".npmrc" })
            File.Copy(Path.Combine(Checkout.Root, "tests", "Caseload.Cli.Tests", "Pages", "axe", name), Path.Combine(folder, name), overwrite: true);
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci"])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (!process.WaitForExit(Limit)) process.Kill(entireProcessTree: true);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No npm: the caller tells it.
        }
    }
}
