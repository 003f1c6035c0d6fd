using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Tests.Session.Packages;

/// <summary>Packages from a folder that the test fills. Their names hold a mark of the test's own, as the machine keeps what it
/// fetched.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SessionDriver session;
    private readonly string mark;

    public PackageTests()
    {
        session = new(folder.Path);
        mark = Path.GetFileName(folder.Path).Split('-')[^1];
        Directory.CreateDirectory(folder.File("packages"));
    }

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
        foreach (var kept in Fetched()) Directory.Delete(kept, recursive: true);
    }

    private string Name(string name) => $"{name}{mark}";

    // What the restore of a test leaves in the machine's store of packages.
    private IEnumerable<string> Fetched()
    {
        var store = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(store) ? Directory.EnumerateDirectories(store, $"*{mark.ToLowerInvariant()}") : [];
    }

    private void Write(string name, string version, string code, params (string Name, string Version)[] needs)
    {
        var references = needs.Select(n => folder.File($"{n.Name}.dll")).ToArray();
        File.Delete(folder.File($"{name}.dll"));
        var library = folder.WriteLibrary(name, code, references);
        new TestPackage(name, version) { Needs = needs, Files = new Dictionary<string, string> { [$"lib/net8.0/{name}.dll"] = library } }
            .Write(folder.File("packages"));
    }

    private string[] Shown() => [.. session.Outputs.OfType<DisplayOutput>().Select(d => d.Data.Text("text/plain")!)];

    private static void NeedSdk() => Assert.SkipWhen(SdkFolder.Command() is null, "no .NET SDK is installed");

    [Fact]
    public void A_package_of_a_folder_is_installed_with_what_it_needs_and_serves_all_later_cells()
    {
        NeedSdk();
        var (outer, inner) = (Name("Outer"), Name("Inner"));
        Write(inner, "1.0.0", "public static class Inner { public static int Value => 7; }");
        Write(outer, "1.2.3", "public static class Outer { public static int Value => 6 * Inner.Value; }", (inner, "1.0.0"));
        session.Run($"#i \"nuget: packages\"\n#r \"nuget: {outer}, 1.2.3\"\nvar n = Outer.Value;");
        Assert.Equal([$"Installed package {outer}, 1.2.3"], Shown());
        Assert.Equal("42", session.Value("n"));
        Assert.Equal("49", session.Value("n + Inner.Value"));
        Assert.Contains(session.Session.Complete("Outer.", 6).Items, i => i.Text == "Value");

        // Asked for once more, it is there.
        Assert.Equal("42", session.Value($"#r \"nuget:{outer}\"\nOuter.Value"));
        Assert.Empty(Shown());
    }

    [Fact]
    public void Several_packages_of_a_cell_come_together_and_without_a_version_the_newest_comes()
    {
        NeedSdk();
        var (one, two) = (Name("One"), Name("Two"));
        Write(one, "1.0.0", "public static class One { public static int Value => 1; }");
        Write(one, "2.0.0", "public static class One { public static int Value => 2; }");
        Write(two, "1.0.0", "public static class Two { public static int Value => 20; }");
        var directives = $"#i \"nuget: packages\"\n#r \"nuget: {one}\"\n#r \"nuget: {two}, 1.0.0\"\n";
        Assert.Equal("22", session.Value(directives + "One.Value + Two.Value"));
        Assert.Equal([$"Installed package {one}, 2.0.0", $"Installed package {two}, 1.0.0"], Shown());
        session.Run($"#r \"nuget: {one}, 1.0.0\"");
        Assert.Equal([$"Package {one}, 2.0.0 is in use already, and stays so: 1.0.0 was asked for"], Shown());
    }

    [Fact]
    public void A_cell_that_does_not_compile_keeps_its_packages_for_the_next()
    {
        NeedSdk();
        var name = Name("Kept");
        Write(name, "1.0.0", "public static class Kept { public static int Value => 5; }");
        Assert.Equal("CS0103", session.Failure($"#i \"nuget: packages\"\n#r \"nuget: {name}, 1.0.0\"\nnothing").Name);
        Assert.Equal("5", session.Value("Kept.Value"));
    }

    [Fact]
    public void A_native_library_of_a_package_is_found()
    {
        NeedSdk();
        var name = Name("Native");
        var system = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so");
        Assert.SkipUnless(File.Exists(system), "the runtime has no native library of this name on this system");
        var code = """
            using System.Runtime.InteropServices;
            public static class Native { [DllImport("caseloadnative")] public static extern int SystemNative_GetPid(); }
            """;
        var library = folder.WriteLibrary(name, code,
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.InteropServices.dll"));
        new TestPackage(name, "1.0.0")
        {
            Files = new Dictionary<string, string>
            {
                [$"lib/net8.0/{name}.dll"] = library,
                [$"runtimes/{RuntimeInformation.RuntimeIdentifier}/native/libcaseloadnative.so"] = system,
            },
        }.Write(folder.File("packages"));
        Assert.Equal($"{Environment.ProcessId}",
            session.Value($"#i \"nuget: packages\"\n#r \"nuget: {name}, 1.0.0\"\nNative.SystemNative_GetPid()"));
    }

    [Fact]
    public void A_package_that_the_host_holds_is_the_hosts()
    {
        session.Run("#r \"nuget: Markdig\"");
        Assert.StartsWith("Package Markdig, ", Assert.Single(Shown()), StringComparison.Ordinal);
        Assert.EndsWith(" of this host is used", Shown()[0], StringComparison.Ordinal);
        Assert.Equal("True", session.Value(
            "using System.Runtime.Loader;\n"
            + "AssemblyLoadContext.GetLoadContext(typeof(Markdig.Markdown).Assembly) == AssemblyLoadContext.Default"));
        session.Run("#r \"nuget: Markdig, 0.0.1\"");
        Assert.EndsWith(" is in use already, and stays so: 0.0.1 was asked for", Assert.Single(Shown()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("// first\n#r \"nuget: Some.Package, one\"", "'one' is no version", 2)]
    [InlineData("#r \"nuget: Some.Package, 1.0, 2.0\"", "'1.0, 2.0' is no version", 1)]
    [InlineData("#r \"nuget: \"", "'' is no name of a package", 1)]
    [InlineData("#r \"nuget: a b\"", "'a b' is no name of a package", 1)]
    [InlineData("#r \"nuget: ../../x\"", "is no name of a package", 1)]
    [InlineData("\n\n#i \"nowhere\"", "#i names no source", 3)]
    [InlineData("#i \"nuget: nowhere\"\n1", "#i names a folder that is not there: nowhere", 1)]
    public void What_cannot_be_read_is_told_with_its_line(string code, string message, int line)
    {
        var failure = session.Failure(code);
        Assert.Equal(line, failure.Line);
        Assert.Contains(message, failure.Name + " " + failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_or_a_version_that_no_source_has_is_told_in_a_line_without_noise()
    {
        NeedSdk();
        var name = Name("Some");
        Write(name, "1.0.0", "public static class Some { }");
        var version = session.Failure($"#i \"nuget: packages\"\n#r \"nuget: {name}, 9.9.9\"").Message;
        Assert.StartsWith($"{name}: no source has this version, the nearest is 1.0.0", version, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_can_be_interrupted()
    {
        NeedSdk();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var source = $"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/index.json";
        var running = Task.Run(
            () => session.Run($"#i \"nuget: {source}\"\n#r \"nuget: {Name("Never")}, 1.0.0\""), TestContext.Current.CancellationToken);
        using var asking = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken)
            .AsTask().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        session.Session.Interrupt();
        var result = await running.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.True(result.IsInterrupted);
    }
}
