namespace Caseload.Clients.Tests.Fixtures;

/// <summary>The programs of Debian's packages that speak to a kernel.</summary>
internal static class ClientTools
{
    private static readonly Lazy<string?> Modules = new(FindModules);

    /// <summary>The interpreter that the packages belong to; others on the path know nothing of them.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>The browser.</summary>
    public const string Chromium = "/usr/bin/chromium";

    /// <summary>The path of a program; the test is skipped where it is absent.</summary>
    /// <param name="path">Where Debian puts it.</param>
    /// <param name="package">The package that holds it.</param>
    public static string Require(string path, string package)
    {
        External.Require(File.Exists(path), $"{path} is not on this machine (apt-get install {package})");
        return path;
    }

    /// <summary>Goes on where Python's modules are there; the test is skipped where one is absent.</summary>
    /// <param name="module">The module, named as its package without <c>python3-</c>.</param>
    public static void RequireModule(string module)
    {
        Require(Python, "python3");
        External.Require(Modules.Value is { } folder && Directory.Exists(Path.Combine(folder, module)),
            $"Python's {module} is not on this machine (apt-get install python3-{module.Replace('_', '-')})");
    }

    /// <summary>A program on the path; the test is skipped where there is none.</summary>
    /// <param name="name">Its name.</param>
    public static string OnPath(string name)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        External.Require(found is not null, $"{name} is not on the path of this machine");
        return found!;
    }

    private static string? FindModules() => Directory.Exists("/usr/lib/python3/dist-packages") ? "/usr/lib/python3/dist-packages" : null;
}
