using Caseload.Notebooks.Kernelspecs;

namespace Caseload.Notebooks.Tests.Kernelspecs;

public sealed class KernelLauncherTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_executable_beside_the_assembly_starts_the_kernel_also_where_dotnet_runs_the_command()
    {
        var executable = folder.Write("caseload", "");

        var launcher = Launcher("/usr/bin/dotnet", Runtime("/usr/share/dotnet"));

        Assert.Equal([executable], launcher.Program);
        Assert.Empty(launcher.Variables);
    }

    [Fact]
    public void Without_an_executable_dotnet_runs_the_assembly() =>
        Assert.Equal(["/usr/bin/dotnet", Assembly], Launcher("/usr/bin/dotnet", Runtime("/usr/share/dotnet")).Program);

    [Fact]
    public void A_runtime_that_is_in_no_usual_place_is_named_to_the_executable()
    {
        folder.Write("caseload", "");

        Assert.Equal("/home/ann/net", Launcher("/any", Runtime("/home/ann/net")).Variables["DOTNET_ROOT"]);
    }

    [Fact]
    public void A_runtime_that_was_published_with_the_command_is_not()
    {
        folder.Write("caseload", "");

        Assert.Empty(Launcher("/any", Path.Combine(folder.Path, "System.Private.CoreLib.dll")).Variables);
    }

    [Fact]
    public void On_windows_the_executable_has_its_ending()
    {
        var executable = folder.Write("caseload.exe", "");

        var launcher = KernelLauncher.Of(new(JupyterSystem.Windows, "", new Dictionary<string, string>()), "dotnet.exe", Assembly, "");

        Assert.Equal([executable], launcher.Program);
    }

    private string Assembly => Path.Combine(folder.Path, "caseload.dll");

    private KernelLauncher Launcher(string process, string coreLibrary) => KernelLauncher.Of(
        new(JupyterSystem.Linux, "/home/ann", new Dictionary<string, string>()), process, Assembly, coreLibrary);

    private static string Runtime(string root) => $"{root}/shared/Microsoft.NETCore.App/10.0.1/System.Private.CoreLib.dll";
}
