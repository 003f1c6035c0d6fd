namespace Caseload.Browsers;

/// <summary>Finds a browser of the Chromium family on this machine: only these speak the protocol that takes pictures.</summary>
public static class BrowserProgram
{
    /// <summary>The environment variable that names a browser, where it lies elsewhere or another one is wanted.</summary>
    public const string Variable = "CASELOAD_BROWSER";

    private static readonly string[] Names =
    [
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome.exe", "msedge.exe",
    ];

    private static readonly (Environment.SpecialFolder Under, string Path)[] Installed =
    [
        (Environment.SpecialFolder.ProgramFiles, "Google/Chrome/Application/chrome.exe"),
        (Environment.SpecialFolder.ProgramFilesX86, "Microsoft/Edge/Application/msedge.exe"),
        (Environment.SpecialFolder.ProgramFiles, "Microsoft/Edge/Application/msedge.exe"),
    ];

    /// <summary>Looks for a browser: the one that the variable names, else one on the path, else where Windows installs them.</summary>
    /// <returns>The program's full path, or null where there is none.</returns>
    public static string? Find() => Find(Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable("PATH"));

    /// <summary>Looks for a browser.</summary>
    /// <param name="named">A path or a name that a person chose; null or empty for none.</param>
    /// <param name="path">The folders of programs, as the environment variable PATH holds them.</param>
    /// <returns>The program's full path, or null where there is none. What a person chose is never replaced by another.</returns>
    public static string? Find(string? named, string? path)
    {
        var folders = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (!string.IsNullOrWhiteSpace(named))
            return folders.Select(f => Path.Combine(f, named)).Prepend(Path.GetFullPath(named)).FirstOrDefault(File.Exists);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
            .Concat(Installed.Where(i => Environment.GetFolderPath(i.Under).Length > 0)
                .Select(i => Path.Combine(Environment.GetFolderPath(i.Under), i.Path)))
            .FirstOrDefault(File.Exists);
    }
}
