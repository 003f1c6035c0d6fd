namespace Caseload.Benchmarks;

/// <summary>The command as the build leaves it.</summary>
internal static class Installed
{
    /// <summary>Its path: beside this program's own folder.</summary>
    internal static string Command()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(
            own.Parent!.Parent!.FullName, "Caseload.Cli", own.Name, OperatingSystem.IsWindows() ? "caseload.exe" : "caseload");
    }
}
