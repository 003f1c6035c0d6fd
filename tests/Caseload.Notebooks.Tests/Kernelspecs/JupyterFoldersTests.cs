using Caseload.Notebooks.Kernelspecs;

namespace Caseload.Notebooks.Tests.Kernelspecs;

public sealed class JupyterFoldersTests
{
    [Fact]
    public void On_linux_the_users_kernels_lie_in_the_data_home() =>
        Assert.Equal("/home/ann/.local/share/jupyter/kernels", JupyterFolders.User(On(JupyterSystem.Linux, "/home/ann")));

    [Fact]
    public void On_linux_XDG_DATA_HOME_names_another_data_home() =>
        Assert.Equal("/data/ann/jupyter/kernels", JupyterFolders.User(On(JupyterSystem.Linux, "/home/ann", ("XDG_DATA_HOME", "/data/ann"))));

    [Fact]
    public void On_macos_they_lie_in_the_library() => Assert.Equal(
        "/Users/ann/Library/Jupyter/kernels", JupyterFolders.User(On(JupyterSystem.MacOS, "/Users/ann", ("XDG_DATA_HOME", "/elsewhere"))));

    [Fact]
    public void On_windows_they_lie_in_the_roaming_data() => Assert.Equal(@"D:\Roam\jupyter\kernels",
        JupyterFolders.User(On(JupyterSystem.Windows, @"C:\Users\ann", ("APPDATA", @"D:\Roam"))));

    [Theory]
    [InlineData(JupyterSystem.Linux)]
    [InlineData(JupyterSystem.MacOS)]
    public void JUPYTER_DATA_DIR_goes_before_the_systems_own_place(JupyterSystem system) =>
        Assert.Equal("/mine/kernels", JupyterFolders.User(On(system, "/home/ann", ("JUPYTER_DATA_DIR", "/mine/"))));

    [Fact]
    public void On_linux_kernels_are_seen_in_every_data_folder_of_jupyter()
    {
        var all = JupyterFolders.All(On(JupyterSystem.Linux, "/home/ann",
            ("JUPYTER_PATH", "/team:/more"), ("JUPYTER_DATA_DIR", "/mine"), ("VIRTUAL_ENV", "/venv"), ("CONDA_PREFIX", "/conda")));

        Assert.Equal(
        [
            "/team/kernels", "/more/kernels", "/mine/kernels", "/home/ann/.local/share/jupyter/kernels", "/venv/share/jupyter/kernels",
            "/conda/share/jupyter/kernels", "/usr/local/share/jupyter/kernels", "/usr/share/jupyter/kernels", "/home/ann/.ipython/kernels",
        ], all);
    }

    [Fact]
    public void On_windows_too()
    {
        var all = JupyterFolders.All(On(JupyterSystem.Windows, @"C:\Users\ann",
            ("JUPYTER_PATH", @"T:\team;U:\more"), ("VIRTUAL_ENV", @"C:\venv"), ("PROGRAMDATA", @"E:\All")));

        Assert.Equal(
        [
            @"T:\team\kernels", @"U:\more\kernels", @"C:\Users\ann\AppData\Roaming\jupyter\kernels", @"C:\venv\share\jupyter\kernels",
            @"C:\Users\ann\AppData\Roaming\Python\share\jupyter\kernels", @"E:\All\jupyter\kernels", @"C:\Users\ann\.ipython\kernels",
        ], all);
    }

    [Fact]
    public void On_macos_too()
    {
        var all = JupyterFolders.All(On(JupyterSystem.MacOS, "/Users/ann", ("IPYTHONDIR", "/ip")));

        Assert.Equal(
        [
            "/Users/ann/Library/Jupyter/kernels", "/usr/local/share/jupyter/kernels", "/usr/share/jupyter/kernels", "/ip/kernels",
        ], all);
    }

    [Fact]
    public void An_environment_whose_jupyter_is_on_the_path_is_looked_at()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the path is written for Linux");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "env", "bin"));
        folder.Write("env/bin/jupyter", "");

        var all = JupyterFolders.All(On(JupyterSystem.Linux, "/home/ann", ("PATH", $"/nowhere:{folder.Path}/env/bin")));

        Assert.Contains($"{folder.Path}/env/share/jupyter/kernels", all);
    }

    [Fact]
    public void So_is_the_environment_that_a_link_on_the_path_points_into()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "env", "bin"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "links"));
        folder.Write("env/bin/jupyter", "");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "links", "jupyter"), Path.Combine(folder.Path, "env", "bin", "jupyter"));

        var all = JupyterFolders.All(On(JupyterSystem.Linux, "/home/ann", ("PATH", $"{folder.Path}/links")));

        Assert.Contains($"{folder.Path}/env/share/jupyter/kernels", all);
    }

    private static JupyterPlatform On(JupyterSystem system, string home, params (string Name, string Value)[] variables) =>
        new(system, home, variables.ToDictionary(v => v.Name, v => v.Value));
}
