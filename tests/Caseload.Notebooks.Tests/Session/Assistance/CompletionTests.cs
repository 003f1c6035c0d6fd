using Caseload.Notebooks.Session.Assistance;

namespace Caseload.Notebooks.Tests.Session.Assistance;

/// <summary>The cursor stands at the bar.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SessionDriver session;

    public CompletionTests() => session = new(folder.Path);

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    private CompletionList At(string code)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        return session.Session.Complete(code.Remove(position, 1), position);
    }

    private string[] Names(string code) => [.. At(code).Items.Select(i => i.Text)];

    [Theory]
    [InlineData("Console.|", "WriteLine")]
    [InlineData("var xs = new List<int>();\nxs.|", "Add")]
    [InlineData("var xs = new List<int>();\nxs.|", "Where")]
    [InlineData("\"a\".|", "Length")]
    [InlineData("\"a\".Trim().|", "Length")]
    [InlineData("System.|", "Math")]
    [InlineData("System.|", "Collections")]
    [InlineData("global::|", "System")]
    [InlineData("using System.|", "Net")]
    [InlineData("using Sys|", "System")]
    [InlineData("using static System.|", "Math")]
    [InlineData("new |", "StringBuilder")]
    [InlineData("throw new Inv|", "InvalidOperationException")]
    [InlineData("new List<|", "string")]
    [InlineData("var xs = new[] { new { Name = \"a\", Size = 1 } };\nxs.Where(x => x.|", "Size")]
    [InlineData("var xs = new[] { new { Name = \"a\", Size = 1 } };\nxs.Select(x => x.Name).First().|", "Length")]
    [InlineData("var xs = new[] { 1.5 };\nxs.Select(x => { var y = x; return y.|", "CompareTo")]
    [InlineData("var pair = (Left: 1, Right: \"b\");\npair.|", "Right")]
    [InlineData("string? text = null;\ntext?.|", "Length")]
    [InlineData("DateTime? day = null;\nday?.|", "Year")]
    [InlineData("string? text = null;\ntext?.Trim().|", "Length")]
    [InlineData("Nullable<int> n = 1;\nn.|", "HasValue")]
    [InlineData("int Twice(int number)\n{\n    var local = 1;\n    return lo|", "local")]
    [InlineData("int Twice(int number)\n{\n    var local = 1;\n    return nu|", "number")]
    [InlineData("Twi|\nint Twice(int n) => 2 * n;", "Twice")]
    [InlineData("var r = new Ro|\nrecord Row(int Id);", "Row")]
    [InlineData("record Row(int Id);\nvar r = new Row(1);\nr.|\nvar y = 3;", "Id")]
    [InlineData("record Row(int Id);\nvar r = new Row(1);\nvar q = r with { |", "Id")]
    [InlineData("class Box { public int Wide { get; set; } public int High { get; set; } }\nvar b = new Box { |", "Wide")]
    [InlineData("class Box { public int Wide { get; set; } public int High { get; set; } }\nvar b = new Box { Wide = 1, Hi|", "High")]
    [InlineData("class Box { public int Wide { get; set; } }\nBox b = new() { |", "Wide")]
    [InlineData("DayOfWeek day = |", "DayOfWeek.Monday")]
    [InlineData("var day = DayOfWeek.Friday;\nif (day == |", "DayOfWeek.Monday")]
    [InlineData("var day = DayOfWeek.Friday;\nvar s = day switch { |", "DayOfWeek.Monday")]
    [InlineData("void F(DayOfWeek d) { }\nF(|", "DayOfWeek.Monday")]
    [InlineData("DayOfWeek.|", "Monday")]
    [InlineData("void F(int first, int second) { }\nF(|", "first:")]
    [InlineData("void F(int first, int second) { }\nF(first: 1, |", "second:")]
    [InlineData("new StringBuilder(|", "capacity:")]
    [InlineData("var q = from x in new[] { \"a\" }\n    where x.|", "Length")]
    [InlineData("[Obs|", "ObsoleteAttribute")]
    [InlineData("fore|", "foreach")]
    [InlineData("var x = aw|", "await")]
    [InlineData("dis|", "display")]
    [InlineData("1.ToString().|", "Length")]
    [InlineData("var s = $\"{DateTime.|", "UnixEpoch")]
    [InlineData("var s = $\"{DateTime.|}\";", "UnixEpoch")]
    [InlineData("var n = 1; /* note */ Con|", "Console")]
    public void What_can_stand_there_is_offered(string code, string name) => Assert.Contains(name, Names(code));

    [Theory]
    [InlineData("var a = 1\nConsole.|", "WriteLine")]
    [InlineData("Console\nConsole.|", "WriteLine")]
    [InlineData("foreach (var i in new[] { \"a\" }\n{\n    i.|", "Length")]
    [InlineData("var d = new Dictionary<string, int>();\nif (d.Count > 0 {\nd.|", "Keys")]
    [InlineData("Console.WriteLine(\"a\";\nConsole.|", "WriteLine")]
    [InlineData("var text = \"a\";\ntext.|\nvar y = 3;", "Length")]
    [InlineData("var text = \"a\";\ntext.|\ntext = null;", "Length")]
    [InlineData("nothing.Known(3).Of\nvar text = \"a\";\ntext.|", "Length")]
    public void Broken_code_before_and_after_the_cursor_does_not_matter(string code, string name) => Assert.Contains(name, Names(code));

    [Theory]
    [InlineData("// Con|")]
    [InlineData("/* Con|")]
    [InlineData("/// <summary>Con|")]
    [InlineData("var s = \"Con|")]
    [InlineData("var s = \"Con|\";")]
    [InlineData("var s = @\"a\nCon|")]
    [InlineData("var s = $\"Con|")]
    [InlineData("var s = $\"{1} Con|")]
    [InlineData("var s = \"\"\"\n    Con|")]
    [InlineData("var c = '|")]
    [InlineData("var n = 12|")]
    [InlineData("var n = 1.|")]
    [InlineData("var n = 1.5e|")]
    [InlineData("#if NEVER\nCon|")]
    [InlineData("int na|")]
    [InlineData("void Na|")]
    [InlineData("nothing.|")]
    public void Where_nothing_can_be_known_nothing_is_offered(string code) => Assert.Empty(Names(code));

    [Fact]
    public void What_earlier_cells_declared_is_known()
    {
        session.Run("using System.Net;\nvar table = new Dictionary<string, DateOnly>();\nclass Own { public int Inside; }");
        session.Run("int Twice(int n) => 2 * n;");
        session.Run("var later = 1;");
        Assert.Contains("table", Names("ta|"));
        Assert.Contains("later", Names("|"));
        Assert.Contains("Twice", Names("Tw|"));
        Assert.Contains("IPAddress", Names("IPA|"));
        Assert.Contains("Keys", Names("table.|"));
        Assert.Contains("Year", Names("table[\"a\"].|"));
        Assert.Contains("Year", Names("table.Select(p => p.Value.|"));
        Assert.Contains("Inside", Names("new Own().|"));
    }

    [Fact]
    public void A_cell_that_failed_leaves_what_was_known()
    {
        session.Run("var kept = 1;");
        session.Run("var broken = nothing;");
        Assert.Contains("kept", Names("ke|"));
        Assert.DoesNotContain("broken", Names("br|"));
    }

    [Fact]
    public void The_same_case_comes_first_and_then_the_order_of_the_letters()
    {
        session.Run("var conA = 1; var conB = 2; var ConC = 3;");
        var names = Names("con|");
        Assert.Equal(["conA", "conB", "const", "continue"], names[..4]);
        Assert.Contains("ConC", names);
        Assert.All(names, n => Assert.StartsWith("con", n, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void Overloads_are_one_entry_that_says_how_many_more_there_are()
    {
        var item = Assert.Single(At("Console.WriteLin|").Items);
        Assert.Equal(("WriteLine", "method"), (item.Text, item.Kind));
        Assert.Matches(@"^void Console\.WriteLine\(.*\) \(\+1[0-9] overloads\)$", item.Signature);
    }

    [Fact]
    public void Each_entry_says_what_it_is_and_how_it_is_declared()
    {
        session.Run("var table = new List<int>();");
        Assert.Equal(new Completion("table", "variable", "List<int> table"), Assert.Single(At("tabl|").Items));
        Assert.Equal(new Completion("Count", "property", "int List<int>.Count { get; }"), At("table.Count|").Items[0]);
        Assert.Equal("enum member", Assert.Single(At("DayOfWeek.Mon|").Items).Kind);
        Assert.Equal("namespace", Assert.Single(At("using System.Globaliz|").Items).Kind);
    }

    [Theory]
    [InlineData("\"a\".|", "WriteLine")]
    [InlineData("string.|", "Length")]
    [InlineData("\"a\".|", "IsNullOrEmpty")]
    [InlineData("\"a\".|", "op_Equality")]
    [InlineData("var pair = (Left: 1, Right: 2);\npair.|", "Item1")]
    [InlineData("new |", "Console")]
    [InlineData("new |", "IEnumerable")]
    [InlineData("class Box { public int Wide { get; set; } public int High { get; set; } }\nvar b = new Box { Wide = 1, |", "Wide")]
    [InlineData("class Box { public int Wide { get; set; } private int Inner; }\nvar b = new Box();\nb.|", "Inner")]
    [InlineData("var x = 1;\n|", "<Main>")]
    [InlineData("|", "caseload__cursor")]
    [InlineData("using System;\nclass A { [Obsolete(\"gone\", true)] public int Old; [Obsolete] public int Aging; }\nnew A().|", "Equal")]
    public void What_cannot_stand_there_is_not_offered(string code, string name) => Assert.DoesNotContain(name, Names(code));

    [Fact]
    public void What_a_library_hides_is_not_offered()
    {
        folder.WriteLibrary("Own", """
            using System; using System.ComponentModel;
            public class Own
            {
                public int Seen; [EditorBrowsable(EditorBrowsableState.Never)] public int Hidden;
                [Obsolete("gone", true)] public int Gone; [Obsolete("going")] public int Going; internal int Inner;
            }
            """);
        session.Run("#r \"Own.dll\"");
        Assert.Equal(["Going", "Seen"], Names("new Own().|").Where(n => n is "Going" or "Seen" or "Hidden" or "Gone" or "Inner"));
    }

    [Fact]
    public void The_text_to_replace_is_the_name_as_far_as_the_cursor()
    {
        var list = At("var x = Con|sole;");
        Assert.Equal((8, 11), (list.Start, list.End));
        Assert.Equal((8, 8), (At("Console.|").Start, At("Console.|").End));
    }

    [Fact]
    public void Any_position_and_any_text_is_answered()
    {
        string[] texts = ["", " ", "\n", "Console.", "\"😀\".", "😀", "\ud83d", "(((((", "}}}}", "#", "$\"{", "x.\0.y", "@", "@cl"];
        foreach (var code in texts)
        {
            for (var position = -2; position <= code.Length + 2; position++)
            {
                var list = session.Session.Complete(code, position);
                Assert.InRange(list.Start, 0, list.End);
                Assert.InRange(list.End, 0, code.Length);
            }
        }

        Assert.Contains("Length", Names("\"😀\".|"));
    }

    [Fact]
    public void A_long_list_is_cut_and_keeps_what_the_cells_declare()
    {
        session.Run("var zebra = 1;");
        var names = Names("|");
        Assert.InRange(names.Length, 100, 500);
        Assert.Contains("zebra", names);
        Assert.Contains("foreach", names);
    }

    [Theory]
    [InlineData("#r \"|", "Own.dll,lib/")]
    [InlineData("#r \"O|", "Own.dll")]
    [InlineData("#r \"lib/|", "Inner.dll")]
    [InlineData("#load \"|", "helpers.csx,lib/")]
    [InlineData("#!import |", "helpers.csx,lib/,other.ipynb")]
    [InlineData("#!import \"o|", "other.ipynb")]
    [InlineData("var n = 1;\n#!|", "#!csharp,#!import,#!time")]
    [InlineData("#r \"nuget: |", "")]
    [InlineData("#r \"none/|", "")]
    [InlineData("#r \"Own.dll\" |", "")]
    public void Directives_and_the_files_that_they_name_are_completed(string code, string names)
    {
        Directory.CreateDirectory(folder.File("lib"));
        foreach (var file in (string[])["Own.dll", "helpers.csx", "other.ipynb", "data.csv", "lib/Inner.dll"]) folder.Write(file, "");
        Assert.Equal(names, string.Join(',', Names(code)));
    }

    [Fact]
    public async Task A_cell_that_runs_does_not_stand_in_the_way()
    {
        using var gate = new ManualResetEventSlim();
        AppDomain.CurrentDomain.SetData("caseload-gate", gate);
        session.Run("var known = \"a\";");
        var running = Task.Run(
            () => session.Run("((System.Threading.ManualResetEventSlim)AppDomain.CurrentDomain.GetData(\"caseload-gate\")).Wait(60_000);"),
            TestContext.Current.CancellationToken);
        var all = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => Names("known.|"), TestContext.Current.CancellationToken)));
        Assert.False(running.IsCompleted);
        Assert.All(all, names => Assert.Contains("Length", names));
        gate.Set();
        await running;
    }
}
