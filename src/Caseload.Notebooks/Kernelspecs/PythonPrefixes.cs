namespace Caseload.Notebooks.Kernelspecs;

/// <summary>The Python environments whose Jupyter a user may start: each may hold kernels of its own.</summary>
internal static class PythonPrefixes
{
    private static readonly string[] Programs = ["jupyter", "jupyter.exe", "python3", "python", "python.exe"];

    /// <summary>The prefixes, some perhaps more than once; they need not be there.</summary>
    /// <param name="platform">The machine.</param>
    public static IEnumerable<string> Of(JupyterPlatform platform)
    {
        string?[] named = [platform.Variable("VIRTUAL_ENV"), platform.Variable("CONDA_PREFIX"), platform.Variable("PYTHONUSERBASE")];
        return named.OfType<string>().Concat(OfUser(platform)).Concat(platform.FoldersOf("PATH").SelectMany(folder => OnPath(platform, folder)));
    }

    private static IEnumerable<string> OfUser(JupyterPlatform platform)
    {
        switch (platform.System)
        {
            case JupyterSystem.Windows:
                return [platform.Join(platform.Variable("APPDATA") ?? platform.Join(platform.Home, "AppData", "Roaming"), "Python")];
            case JupyterSystem.MacOS:
                var versions = platform.Join(platform.Home, "Library", "Python");
                return Directory.Exists(versions) ? Directory.GetDirectories(versions).Order(StringComparer.Ordinal) : [];
            default:
                return [platform.Join(platform.Home, ".local")];
        }
    }

    // A program that is a link, as installers of single programs make it, belongs to the environment that it points into.
    private static IEnumerable<string> OnPath(JupyterPlatform platform, string folder)
    {
        foreach (var program in Programs.Select(name => platform.Join(folder, name)).Where(File.Exists))
        {
            if (platform.System == JupyterSystem.Windows) yield return folder;
            if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) is { } above) yield return above;
            if (Target(program) is { } target && Path.GetDirectoryName(Path.GetDirectoryName(target)) is { } beyond) yield return beyond;
        }
    }

    private static string? Target(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
