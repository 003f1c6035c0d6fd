using System.Collections;

namespace Caseload.Notebooks.Kernelspecs;

/// <summary>The sorts of system that Jupyter keeps its files differently on.</summary>
public enum JupyterSystem
{
    /// <summary>Linux and other systems that keep to its folders.</summary>
    Linux,

    /// <summary>macOS.</summary>
    MacOS,

    /// <summary>Windows.</summary>
    Windows,
}

/// <summary>What decides where Jupyter looks for kernels, so that the folders of any machine can be told on any other.</summary>
/// <param name="System">The sort of system.</param>
/// <param name="Home">The user's home folder.</param>
/// <param name="Variables">The environment.</param>
public sealed record JupyterPlatform(JupyterSystem System, string Home, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>How two paths are compared there.</summary>
    public StringComparer PathComparer =>
        System == JupyterSystem.Linux ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The machine that this runs on, as it is now.</summary>
    public static JupyterPlatform Current()
    {
        var system = OperatingSystem.IsWindows() ? JupyterSystem.Windows
            : OperatingSystem.IsMacOS() ? JupyterSystem.MacOS : JupyterSystem.Linux;
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            entry => (string)entry.Key, entry => entry.Value as string ?? "",
            system == JupyterSystem.Windows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        return new(system, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), variables);
    }

    /// <summary>A variable of the environment.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its value; null where it is not set or empty.</returns>
    public string? Variable(string name) => Variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>The folders of a variable that lists some, such as <c>PATH</c>.</summary>
    /// <param name="name">Its name.</param>
    public IEnumerable<string> FoldersOf(string name) => (Variable(name) ?? "")
        .Split(System == JupyterSystem.Windows ? ';' : ':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A path made of parts, with that system's separator.</summary>
    /// <param name="first">Where it starts.</param>
    /// <param name="rest">The names below.</param>
    public string Join(string first, params string[] rest)
    {
        var separator = System == JupyterSystem.Windows ? '\\' : '/';
        char[] ends = System == JupyterSystem.Windows ? ['\\', '/'] : ['/'];
        return string.Join(separator, [first.TrimEnd(ends), .. rest]);
    }
}
