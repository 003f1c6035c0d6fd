namespace Caseload.Testing;

/// <summary>
/// A real Chromium on the path. A test that needs it is skipped where it is absent, and says so; with CASELOAD_REQUIRE_EXTERNAL=1 it fails.
/// </summary>
internal static class Chromium
{
    private const string Absent = "there is no Chromium on the path (apt-get install chromium)";

    /// <summary>The program's path; the test is skipped where there is none.</summary>
    public static string Require()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome", "chrome.exe" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.False(program is null && Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1", Absent);
        Assert.SkipWhen(program is null, Absent);
        return program!;
    }
}
