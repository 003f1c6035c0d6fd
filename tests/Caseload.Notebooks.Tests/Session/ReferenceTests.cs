using System.Runtime.CompilerServices;
using Caseload.Frames;

namespace Caseload.Notebooks.Tests.Session;

public sealed class ReferenceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_assembly_that_the_host_holds_is_the_hosts_even_when_no_file_is_there()
    {
        using var session = new SessionDriver(folder.Path);
        session.Run("#r \"../nowhere/Caseload.Frames.dll\"\nusing Caseload.Frames;\nusing System.Runtime.Loader;");
        Assert.Equal(typeof(Frame).Assembly.Location, session.Value("typeof(Frame).Assembly.Location"));
        Assert.Equal("True", session.Value("AssemblyLoadContext.GetLoadContext(typeof(Frame).Assembly) == AssemblyLoadContext.Default"));
    }

    [Fact]
    public void A_frame_made_in_a_cell_shows_itself()
    {
        folder.Write("data.csv", "group,share\nA,0.5\n");
        using var session = new SessionDriver(folder.Path);
        session.Run($"#r \"Caseload.Frames.dll\"\nCaseload.Frames.Frame.LoadCsv(@\"{folder.File("data.csv")}\")");
        var shown = Assert.IsType<Caseload.Notebooks.Documents.ResultOutput>(Assert.Single(session.Outputs)).Data;
        Assert.Equal(["text/html", "text/plain"], shown.MimeTypes.Order());
        Assert.Contains("<th scope=\"col\"", shown.Text("text/html")!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_of_the_hosts_assembly_does_not_make_its_types_strangers()
    {
        File.Copy(typeof(Frame).Assembly.Location, folder.File("Caseload.Frames.dll"));
        using var session = new SessionDriver(folder.Path);
        session.Run("#r \"Caseload.Frames.dll\"");
        Assert.Equal(typeof(Frame).Assembly.Location, session.Value("typeof(Caseload.Frames.Frame).Assembly.Location"));
    }

    [Fact]
    public void Without_a_reference_the_hosts_libraries_are_not_seen()
    {
        using var session = new SessionDriver(folder.Path);
        Assert.Equal("CS0234", session.Failure("using Caseload.Frames;\ntypeof(Frame)").Name);
    }

    [Fact]
    public void What_a_library_of_a_later_cell_needs_of_the_hosts_is_found()
    {
        folder.WriteLibrary("Shows", "public class Shows { public static Caseload.Frames.Frame Frame() => null; }", typeof(Frame).Assembly.Location);
        using var session = new SessionDriver(folder.Path);
        session.Run("var before = 1;");
        Assert.Equal("CS0234", session.Failure("using Caseload.Frames;").Name);
        session.Run("#r \"Shows.dll\"");
        Assert.Equal("True", session.Value("Shows.Frame() == null"));
        Assert.Equal(typeof(Frame).Assembly.Location, session.Value("typeof(Caseload.Frames.Frame).Assembly.Location"));
    }

    [Fact]
    public void A_file_is_found_from_the_notebooks_folder_and_serves_all_later_cells()
    {
        Directory.CreateDirectory(folder.File("lib"));
        folder.WriteLibrary("lib/Own", "namespace Own; public class Thing { public int Value => 42; }");
        using var session = new SessionDriver(folder.Path);
        session.Run("var before = 1;");
        session.Run("#r \"lib/Own.dll\"\nusing Own;");
        session.Run("var thing = new Thing();");
        Assert.Equal("43", session.Value("thing.Value + before"));
    }

    [Fact]
    public void What_a_named_assembly_needs_is_found_beside_it()
    {
        var inner = folder.WriteLibrary("Inner", "public class Inner { public int Value => 7; }");
        folder.WriteLibrary("Outer", "public class Outer { public Inner Make() => new Inner(); }", inner);
        using var session = new SessionDriver(folder.Path);
        session.Run("#r \"Outer.dll\"");
        Assert.Equal("7", session.Value("new Outer().Make().Value"));
    }

    [Fact]
    public void A_file_that_is_nowhere_is_told_with_its_line()
    {
        using var session = new SessionDriver(folder.Path);
        var failure = session.Failure("// first\n#r \"none.dll\"");
        Assert.Equal(("CS0006", 2), (failure.Name, failure.Line));
    }

    [Fact]
    public void A_library_rebuilt_between_two_sessions_is_new_in_the_second()
    {
        folder.WriteLibrary("Own", "public static class Own { public static int Value() => 1; }");
        using (var first = new SessionDriver(folder.Path)) Assert.Equal("1", first.Value("#r \"Own.dll\"\nOwn.Value()"));
        File.Delete(folder.File("Own.dll"));
        folder.WriteLibrary("Own", "public static class Own { public static int Value() => 2; }");
        using var second = new SessionDriver(folder.Path);
        Assert.Equal("2", second.Value("#r \"Own.dll\"\nOwn.Value()"));
    }

    [Fact]
    public void A_second_file_of_the_same_name_is_not_loaded_and_that_is_said()
    {
        Directory.CreateDirectory(folder.File("a"));
        Directory.CreateDirectory(folder.File("b"));
        folder.WriteLibrary("a/Own", "public static class Own { public static int Value() => 1; }");
        folder.WriteLibrary("b/Own", "public static class Own { public static int Value() => 2; }");
        using var session = new SessionDriver(folder.Path);
        Assert.Equal("1", session.Value("#r \"a/Own.dll\"\nOwn.Value()"));
        Assert.Equal("1", session.Value("#r \"b/Own.dll\"\nOwn.Value()"));
        var (a, b) = (Path.Combine("a", "Own.dll"), Path.Combine("b", "Own.dll"));
        Assert.Equal($"Own was taken from {a} and stays so; restart to take {b}\n", session.Text);
        Assert.Equal("1", session.Value("#r \"a/Own.dll\"\nOwn.Value()"));
        Assert.Empty(session.Text);
    }

    [Fact]
    public void A_library_rebuilt_within_a_session_stays_as_it_was_and_that_is_said()
    {
        folder.WriteLibrary("Own", "public static class Own { public static int Value() => 1; }");
        using var session = new SessionDriver(folder.Path);
        Assert.Equal("1", session.Value("#r \"Own.dll\"\nOwn.Value()"));
        File.Delete(folder.File("Own.dll"));
        folder.WriteLibrary("Own", "public static class Own { public static int Value() => 2; public static int New() => 3; }");
        File.SetLastWriteTimeUtc(folder.File("Own.dll"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal("1", session.Value("#r \"Own.dll\"\nOwn.Value()"));
        Assert.Equal("Own.dll was changed since it was taken; restart to take it anew\n", session.Text);
        Assert.Equal("CS0117", session.Failure("Own.New()").Name);
    }

    [Fact]
    public void The_memory_of_a_session_that_ended_is_given_back()
    {
        var data = RunAndForget(folder.Path);
        for (var i = 0; i < 20 && data.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(data.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunAndForget(string folder)
    {
        using var session = new SessionDriver(folder);
        session.Run("class Big { public byte[] Data = new byte[1000]; }\nvar big = new Big();");
        session.Run("AppDomain.CurrentDomain.SetData(\"caseload-test\", new WeakReference(big));");
        var data = (WeakReference)AppDomain.CurrentDomain.GetData("caseload-test")!;
        Assert.True(data.IsAlive);
        return new WeakReference(System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(data.Target!.GetType().Assembly));
    }
}
