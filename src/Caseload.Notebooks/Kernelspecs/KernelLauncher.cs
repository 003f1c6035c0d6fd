namespace Caseload.Notebooks.Kernelspecs;

/// <summary>How a front end starts the kernel.</summary>
/// <param name="Program">The words before the kernel's own: one absolute path, or that of dotnet and that of an assembly.</param>
/// <param name="Variables">What the environment must hold besides.</param>
public sealed record KernelLauncher(IReadOnlyList<string> Program, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The launcher of the program that runs now.</summary>
    /// <param name="platform">The machine.</param>
    /// <param name="assembly">The path of the program's main assembly.</param>
    public static KernelLauncher OfThisProcess(JupyterPlatform platform, string assembly) => Of(
        platform, Environment.ProcessPath ?? "dotnet", assembly, typeof(object).Assembly.Location);

    /// <summary>The launcher of a program.</summary>
    /// <param name="platform">The machine.</param>
    /// <param name="process">The path of the running process.</param>
    /// <param name="assembly">The path of the program's main assembly; its executable is looked for beside it.</param>
    /// <param name="coreLibrary">The path of the runtime's first assembly, which tells where the runtime is.</param>
    public static KernelLauncher Of(JupyterPlatform platform, string process, string assembly, string coreLibrary)
    {
        ArgumentNullException.ThrowIfNull(platform);
        var executable = Path.ChangeExtension(assembly, platform.System == JupyterSystem.Windows ? ".exe" : null);
        if (!File.Exists(executable)) return new([process, assembly], new Dictionary<string, string>());
        var root = RuntimeRoot(assembly, coreLibrary);
        var variables = root is null || UsualRoots(platform).Contains(root, platform.PathComparer)
            ? []
            : new Dictionary<string, string> { ["DOTNET_ROOT"] = root };
        return new([executable], variables);
    }

    // Null where the runtime was published with the program. Else the runtime is in ROOT/shared/Microsoft.NETCore.App/VERSION.
    private static string? RuntimeRoot(string assembly, string coreLibrary)
    {
        var folder = Path.GetDirectoryName(coreLibrary) ?? "";
        if (folder == Path.GetDirectoryName(assembly)) return null;
        var shared = Path.GetDirectoryName(Path.GetDirectoryName(folder));
        return Path.GetFileName(shared) == "shared" ? Path.GetDirectoryName(shared) : null;
    }

    // Where an executable finds the runtime without being told. A desktop does not hand on the variables of a shell.
    private static IEnumerable<string> UsualRoots(JupyterPlatform platform)
    {
        switch (platform.System)
        {
            case JupyterSystem.Windows:
                return [platform.Join(platform.Variable("PROGRAMFILES") ?? @"C:\Program Files", "dotnet")];
            case JupyterSystem.MacOS:
                return ["/usr/local/share/dotnet", .. Registered()];
            default:
                return ["/usr/share/dotnet", "/usr/lib/dotnet", .. Registered()];
        }
    }

    private static IEnumerable<string> Registered()
    {
        const string Folder = "/etc/dotnet";
        return Directory.Exists(Folder)
            ? Directory.GetFiles(Folder, "install_location*").SelectMany(File.ReadLines).Select(line => line.Trim().TrimEnd('/'))
            : [];
    }
}
