namespace Caseload.Notebooks.Kernelspecs;

/// <summary>The folders in which Jupyter and VS Code look for kernels.</summary>
/// <remarks>As <c>jupyter --paths</c> tells them. Which Python a front end runs on is not known here, so the environments that are
/// switched on and those whose programs are on the path are looked at.</remarks>
public static class JupyterFolders
{
    /// <summary>The folder of the user's own kernels.</summary>
    /// <param name="platform">The machine.</param>
    public static string User(JupyterPlatform platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return platform.Join(UserData(platform), "kernels");
    }

    /// <summary>The folder of the kernels of a Python environment, or of any other prefix.</summary>
    /// <param name="platform">The machine.</param>
    /// <param name="prefix">The prefix, such as <c>/usr/local</c>.</param>
    public static string Prefix(JupyterPlatform platform, string prefix)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return platform.Join(prefix, "share", "jupyter", "kernels");
    }

    /// <summary>Every folder of kernels that a front end of this user may look in, each once; they need not be there.</summary>
    /// <param name="platform">The machine.</param>
    public static IReadOnlyList<string> All(JupyterPlatform platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        var data = platform.FoldersOf("JUPYTER_PATH").Append(UserData(platform)).Concat(DefaultUserData(platform))
            .Select(folder => platform.Join(folder, "kernels"));
        var prefixes = PythonPrefixes.Of(platform).Select(prefix => Prefix(platform, prefix));
        var old = platform.Join(platform.Variable("IPYTHONDIR") ?? platform.Join(platform.Home, ".ipython"), "kernels");
        return [.. data.Concat(prefixes).Concat(Machine(platform)).Append(old).Distinct(platform.PathComparer)];
    }

    private static string UserData(JupyterPlatform platform) => platform.Variable("JUPYTER_DATA_DIR") ?? DefaultUserData(platform).First();

    // Where a front end that is started from a desktop looks: it does not see the variables of a shell.
    private static IEnumerable<string> DefaultUserData(JupyterPlatform platform)
    {
        switch (platform.System)
        {
            case JupyterSystem.Windows:
                yield return platform.Join(platform.Variable("APPDATA") ?? platform.Join(platform.Home, "AppData", "Roaming"), "jupyter");
                break;
            case JupyterSystem.MacOS:
                yield return platform.Join(platform.Home, "Library", "Jupyter");
                break;
            default:
                if (platform.Variable("XDG_DATA_HOME") is { } named) yield return platform.Join(named, "jupyter");
                yield return platform.Join(platform.Home, ".local", "share", "jupyter");
                break;
        }
    }

    private static IEnumerable<string> Machine(JupyterPlatform platform) => platform.System == JupyterSystem.Windows
        ? [platform.Join(platform.Variable("PROGRAMDATA") ?? @"C:\ProgramData", "jupyter", "kernels")]
        : [Prefix(platform, "/usr/local"), Prefix(platform, "/usr")];
}
