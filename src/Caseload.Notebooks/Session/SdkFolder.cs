namespace Caseload.Notebooks.Session;

/// <summary>Where .NET is installed on this machine. A host that brings its own runtime may stand on a machine without it.</summary>
public static class SdkFolder
{
    private static readonly string Program = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>The <c>dotnet</c> program of an installation that can build; null where there is none.</summary>
    public static string? Command() =>
        Roots().Where(r => Directory.Exists(Path.Combine(r, "sdk"))).Select(r => Path.Combine(r, Program)).FirstOrDefault(File.Exists);

    /// <summary>The folder with the framework's XML documentation; null where there is none.</summary>
    public static string? Documentation()
    {
        var framework = $"net{Environment.Version.Major}.{Environment.Version.Minor}";
        return Roots().Select(r => Path.Combine(r, "packs", "Microsoft.NETCore.App.Ref")).Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .OrderByDescending(d => Version.TryParse(Path.GetFileName(d), out var version) ? version : new Version())
            .Select(d => Path.Combine(d, "ref", framework)).FirstOrDefault(Directory.Exists);
    }

    private static IEnumerable<string> Roots()
    {
        // The runtime of an installation lies in shared/Microsoft.NETCore.App/<version>.
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        if (runtime is not null) yield return Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } named) yield return named;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        foreach (var file in folders.Select(f => Path.Combine(f, Program)).Where(File.Exists))
        {
            // Often a link to where the installation is.
            yield return Path.GetDirectoryName(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file)!;
        }
    }
}
