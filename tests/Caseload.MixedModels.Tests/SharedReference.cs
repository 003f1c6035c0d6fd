namespace Caseload.MixedModels.Tests;

/// <summary>Finds the reference fits of other software, which are kept beside the project and never inside it.</summary>
internal static class SharedReference
{
    /// <summary>A file of the reference folder; the test is skipped where there is none, and fails where external checks are
    /// required.</summary>
    internal static string Require(string file)
    {
        var path = Roots().Select(root => Path.Combine(root, "reference", file)).FirstOrDefault(File.Exists);
        if (path is not null) return path;
        Assert.False(Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1",
            $"The reference file {file} is required and was not found.");
        Assert.Skip($"The reference file {file} is not here: set CASELOAD_SHARED, or put the folder shared beside the project.");
        return "";
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("CASELOAD_SHARED") is { Length: > 0 } shared) yield return shared;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "shared");
    }
}
