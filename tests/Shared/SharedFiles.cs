namespace Caseload.Testing;

/// <summary>
/// Real files that lie beside the project on some machines: a folder <c>shared</c> next to the checkout, or the one that CASELOAD_SHARED
/// names. A test that needs one is skipped, and says so, where it is absent.
/// </summary>
internal static class SharedFiles
{
    /// <summary>The path of a shared file; the test is skipped where it is absent.</summary>
    /// <param name="relative">The path inside the shared folder.</param>
    public static string Require(string relative)
    {
        var path = Find(relative);
        Assert.SkipWhen(path is null, $"shared/{relative} is not on this machine (CASELOAD_SHARED names another place)");
        return path!;
    }

    private static string? Find(string relative)
    {
        if (Environment.GetEnvironmentVariable("CASELOAD_SHARED") is { Length: > 0 } named) return Existing(Path.Combine(named, relative));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", relative)) is { } found) return found;
        }

        return null;
    }

    private static string? Existing(string path) => File.Exists(path) || Directory.Exists(path) ? path : null;
}
