using System.Text.Json.Nodes;
using Caseload.Frames;
using Caseload.Notebooks.Kernelspecs;

namespace Caseload.Notebooks.Tests.Kernelspecs;

public sealed class KernelInstallerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_kernel_takes_the_name_of_the_notebooks_where_it_is_free()
    {
        var done = Installer.Install(Launcher("/opt/caseload"), null);

        Assert.Equal((KernelNames.Preferred, false), (done.Kernel.Name, done.Replaced));
        Assert.Equal(Path.Combine(User, ".net-csharp"), done.Kernel.Folder);
        Assert.Equal(["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"],
            Directory.GetFiles(done.Kernel.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Its_file_says_what_front_ends_need()
    {
        var launcher = new KernelLauncher(["/opt/ca se/späť/caseload"], new Dictionary<string, string> { ["DOTNET_ROOT"] = "/net" });
        var text = File.ReadAllText(Path.Combine(Installer.Install(launcher, null).Kernel.Folder, "kernel.json"));
        var file = JsonNode.Parse(text)!;

        Assert.Equal(["/opt/ca se/späť/caseload", "kernel", "start", "{connection_file}"], file["argv"]!.AsArray().Select(w => (string)w!));
        Assert.Equal("C#", (string)file["language"]!);
        Assert.Equal("C# (Caseload)", (string)file["display_name"]!);
        Assert.Equal("message", (string)file["interrupt_mode"]!);
        Assert.Equal("/net", (string)file["env"]!["DOTNET_ROOT"]!);
        Assert.False((bool)file["metadata"]!["debugger"]!);
    }

    [Fact]
    public void Installing_again_brings_ours_up_to_date_and_leaves_nothing_else()
    {
        Installer.Install(Launcher("/old/caseload"), null);
        var done = Installer.Install(Launcher("/new/caseload"), null);

        Assert.True(done.Replaced);
        Assert.Equal(["/new/caseload"], Assert.Single(Installer.List(null)).Program!);
        Assert.Equal([".net-csharp"], Directory.GetDirectories(User).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(".net-csharp", """{"argv": ["dotnet-interactive"], "metadata": {}}""")]
    [InlineData(".NET-CSharp", """{"argv": ["dotnet-interactive"]}""")]
    [InlineData(".net-csharp", "{ not json")]
    [InlineData(".net-csharp", """["caseload"]""")]
    [InlineData(".net-csharp", """{"metadata": {"caseload": true}}""")]
    public void Anothers_kernel_of_that_name_is_left_alone_and_ours_is_called_otherwise(string name, string text)
    {
        var file = Another(User, name, text);

        var done = Installer.Install(Launcher("/opt/caseload"), null);
        Installer.Install(Launcher("/opt/caseload"), null);

        Assert.Equal(KernelNames.Other, done.Kernel.Name);
        Assert.Equal(Path.GetDirectoryName(file), Assert.Single(done.Holders).Folder);
        Assert.Single(Installer.Uninstall(null));
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Theory]
    [InlineData("JUPYTER_PATH", "kernels")]
    [InlineData("JUPYTER_DATA_DIR", "kernels")]
    [InlineData("XDG_DATA_HOME", "jupyter/kernels")]
    [InlineData("VIRTUAL_ENV", "share/jupyter/kernels")]
    public void The_name_is_not_free_where_another_holds_it_in_any_folder_that_jupyter_looks_in(string variable, string below)
    {
        Another(Path.Combine(folder.Path, "there", below), ".net-csharp", "{}");

        var done = new KernelInstaller(Platform((variable, Path.Combine(folder.Path, "there")))).Install(Launcher("/opt/caseload"), null);

        Assert.Equal(KernelNames.Other, done.Kernel.Name);
    }

    [Fact]
    public void Ours_elsewhere_does_not_stand_in_the_way()
    {
        Installer.Install(Launcher("/opt/caseload"), null);

        var done = Installer.Install(Launcher("/opt/caseload"), Path.Combine(folder.Path, "prefix"));

        Assert.Equal(KernelNames.Preferred, done.Kernel.Name);
        Assert.Equal(Path.Combine(folder.Path, "prefix", "share", "jupyter", "kernels", ".net-csharp"), done.Kernel.Folder);
    }

    [Fact]
    public void When_another_takes_or_frees_the_name_ours_moves_and_is_there_once()
    {
        Installer.Install(Launcher("/opt/caseload"), null);
        var another = Another(Path.Combine(folder.Path, ".ipython", "kernels"), ".net-csharp", "{}");

        Assert.Equal(KernelNames.Preferred, Assert.Single(Installer.Install(Launcher("/opt/caseload"), null).Removed).Name);
        Assert.Equal(KernelNames.Other, Assert.Single(Installer.List(null), k => k.IsOurs).Name);

        Directory.Delete(Path.GetDirectoryName(another)!, recursive: true);
        Installer.Install(Launcher("/opt/caseload"), null);
        Assert.Equal(KernelNames.Preferred, Assert.Single(Installer.List(null)).Name);
    }

    [Fact]
    public void Where_others_hold_both_names_nothing_is_changed()
    {
        Another(User, ".net-csharp", "{}");
        Another(User, "caseload-csharp", "{}");

        var problem = Assert.Throws<ProblemException>(() => Installer.Install(Launcher("/opt/caseload"), null)).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains("caseload-csharp", problem.Found, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetDirectories(User).Length);
    }

    [Fact]
    public void Where_the_prefix_cannot_be_written_the_remedy_is_the_users_own_place()
    {
        var file = folder.Write("file", "");

        var problem = Assert.Throws<ProblemException>(() => Installer.Install(Launcher("/opt/caseload"), file)).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains("--user", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_whose_program_is_gone_is_listed_as_such()
    {
        Installer.Install(Launcher(folder.Write("caseload", "")), null);
        Assert.True(Assert.Single(Installer.List(null)).CanStart);

        File.Delete(Path.Combine(folder.Path, "caseload"));
        Assert.False(Assert.Single(Installer.List(null)).CanStart);
    }

    [Fact]
    public void Uninstalling_takes_ours_from_every_place_or_from_the_given_one()
    {
        var prefix = Path.Combine(folder.Path, "venv");
        var installer = new KernelInstaller(Platform(("VIRTUAL_ENV", prefix)));
        installer.Install(Launcher("/opt/caseload"), null);
        installer.Install(Launcher("/opt/caseload"), prefix);

        Assert.StartsWith(prefix, Assert.Single(installer.Uninstall(installer.Place(prefix))).Folder, StringComparison.Ordinal);
        installer.Install(Launcher("/opt/caseload"), prefix);
        Assert.Equal(2, installer.Uninstall(null).Count);
        Assert.Empty(installer.Uninstall(null));
    }

    [Fact]
    public void A_place_that_is_seen_twice_by_a_link_is_uninstalled_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a link needs rights there");
        var (prefix, link) = (Path.Combine(folder.Path, "venv"), Path.Combine(folder.Path, "a-link"));
        Directory.CreateDirectory(prefix);
        Directory.CreateSymbolicLink(link, prefix);
        var installer = new KernelInstaller(Platform(("VIRTUAL_ENV", prefix), ("CONDA_PREFIX", link)));
        installer.Install(Launcher("/opt/caseload"), prefix);

        Assert.NotEmpty(installer.Uninstall(null));
        Assert.Empty(installer.List(null));
    }

    private string User => Path.Combine(folder.Path, ".local", "share", "jupyter", "kernels");

    private KernelInstaller Installer => new(Platform());

    // The folders of the machine itself are looked at too: a kernel there would be seen by a front end.
    private JupyterPlatform Platform(params (string Name, string Value)[] variables) =>
        new(JupyterSystem.Linux, folder.Path, variables.ToDictionary(v => v.Name, v => v.Value));

    private static KernelLauncher Launcher(string program) => new([program], new Dictionary<string, string>());

    private static string Another(string place, string name, string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(place, name)).FullName, "kernel.json");
        File.WriteAllText(path, text);
        return path;
    }
}
