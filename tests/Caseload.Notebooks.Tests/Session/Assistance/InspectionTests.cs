using Caseload.Notebooks.Session;
using Caseload.Notebooks.Session.Assistance;

namespace Caseload.Notebooks.Tests.Session.Assistance;

/// <summary>The cursor stands at the bar.</summary>
public sealed class InspectionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SessionDriver session;

    public InspectionTests() => session = new(folder.Path);

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    private Inspection? At(string code, InspectionDetail detail = InspectionDetail.Short)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        return session.Session.Inspect(code.Remove(position, 1), position, detail);
    }

    private string FirstLine(string code) => (At(code) ?? throw new Xunit.Sdk.XunitException("nothing is known")).Text.Split('\n')[0];

    [Theory]
    [InlineData("var n = 1;\nn|", "(variable) int n")]
    [InlineData("var n| = 1;", "(variable) int n")]
    [InlineData("va|r n = 1;", "(struct) int")]
    [InlineData("List<in|t> xs;", "(struct) int")]
    [InlineData("List<string> xs = new();\nxs.Cou|nt", "(property) int List<string>.Count { get; }")]
    [InlineData("List<string> xs = new();\nxs.Where(x => x.Len|gth > 1)", "(property) int string.Length { get; }")]
    [InlineData("List<string> xs = new();\nxs.Where(|x => true)", "(parameter) string x")]
    [InlineData("List<string> xs = new();\nxs.Wh|ere(x => true)",
        "(method) IEnumerable<string> IEnumerable<string>.Where<string>(Func<string, bool> predicate)")]
    [InlineData("DayOfWeek.Mon|day", "(enum member) DayOfWeek.Monday = 1")]
    [InlineData("Sys|tem.Console.WriteLine()", "(namespace) System")]
    [InlineData("Math.Ma|x(1.5, 2)", "(method) double Math.Max(double val1, double val2)")]
    [InlineData("new StringBu|ilder(\"a\")", "(constructor) StringBuilder.StringBuilder(string? value)")]
    [InlineData("int Twice(int n) => 2 * n;\nTwi|ce(1)", "(method) int Twice(int n)")]
    [InlineData("int Tw|ice(int n) => 2 * n;", "(method) int Twice(int n)")]
    [InlineData("var pair = (Left: 1, Right: 2);\npair.Ri|ght", "(field) int (int Left, int Right).Right")]
    public void A_name_is_told_with_its_kind_and_declaration(string code, string line) => Assert.Equal(line, FirstLine(code));

    [Theory]
    [InlineData("// Cons|ole")]
    [InlineData("\"Cons|ole\"")]
    [InlineData("noth|ing")]
    [InlineData("1|2")]
    [InlineData("|")]
    [InlineData("#if NEVER\nCons|ole\n#endif")]
    public void Where_there_is_no_name_nothing_is_told(string code) => Assert.Null(At(code));

    [Fact]
    public void A_variable_of_an_earlier_cell_has_its_type()
    {
        session.Run("var table = new Dictionary<string, int>();");
        Assert.Equal("(variable) Dictionary<string, int> table", FirstLine("tab|le"));
    }

    [Fact]
    public void Within_the_parentheses_of_a_call_the_method_its_overloads_and_the_parameter_are_told()
    {
        session.Run("""
            /// <summary>Adds.</summary>
            /// <param name="first">The one.</param>
            /// <param name="second">The other.</param>
            int Add(int first, int second) => first + second;
            """);
        Assert.Contains("Now: int second - The other.", At("Add(1, |")!.Text, StringComparison.Ordinal);
        Assert.Contains("Now: int first - The one.", At("Add(|)")!.Text, StringComparison.Ordinal);
        Assert.Contains("Now: int first", At("Add(second: 1, first: |2)")!.Text, StringComparison.Ordinal);
        var many = At("Console.WriteLine(|)")!.Text;
        Assert.Contains("Console.WriteLine", many, StringComparison.Ordinal);
        Assert.Matches(@"and 1\d more overloads", many);
        Assert.Contains("Now: int capacity", At("new StringBuilder(1|6)")!.Text, StringComparison.Ordinal);
        Assert.Null(At("Add(1, 2)  |"));
    }

    [Fact]
    public void The_comments_above_what_a_cell_declares_are_told()
    {
        session.Run("""
            /// <summary>A <see cref="System.String"/> and <paramref name="n"/>,
            /// twice <c>n</c>.<para>More.</para></summary>
            /// <returns>A number.</returns>
            /// <exception cref="System.ArgumentException">Never.</exception>
            /// <remarks><list type="bullet"><item>one</item><item><term>two</term><description>second</description></item></list></remarks>
            int Twice(int n) => 2 * n;
            """);
        var brief = At("Twi|ce(1)")!;
        Assert.Equal("(method) int Twice(int n)\n\nA String and n, twice n.\n\nMore.", brief.Text);
        Assert.Equal("```csharp\n(method) int Twice(int n)\n```\n\nA `String` and `n`, twice `n`.\n\nMore.", brief.Markdown);
        var full = At("Twi|ce(1)", InspectionDetail.Full)!;
        Assert.EndsWith(
            "\n\nReturns\n\nA number.\n\nThrows\n\n- ArgumentException: Never.\n\nRemarks\n\n- one\n- two: second",
            full.Text, StringComparison.Ordinal);
        Assert.Contains("**Throws**\n\n- `ArgumentException`: Never.", full.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_beside_an_assembly_is_read_and_what_is_inherited_is_found()
    {
        folder.WriteLibrary("Own", """
            public interface IOwn { int Do(int n); }
            public class Own : IOwn { public int Do(int n) => n; public int Bare; }
            """);
        folder.Write("Own.xml", """
            <doc><members>
              <member name="M:IOwn.Do(System.Int32)">
                <summary>Does <b>it</b> &lt;well&gt; *now*.</summary><param name="n">How often.</param>
              </member>
              <member name="M:Own.Do(System.Int32)"><inheritdoc/><returns>Something.</returns></member>
            </members></doc>
            """);
        session.Run("#r \"Own.dll\"");
        var shown = At("new Own().D|o(1)", InspectionDetail.Full)!;
        Assert.Equal(
            "(method) int Own.Do(int n)\n\nDoes it <well> *now*.\n\nParameters\n\n- n: How often.\n\nReturns\n\nSomething.", shown.Text);
        Assert.Contains("Does it \\<well> \\*now\\*.", shown.Markdown, StringComparison.Ordinal);
        Assert.Equal("(field) int Own.Bare", At("new Own().Ba|re")!.Text);
    }

    [Fact]
    public void The_kits_own_library_is_documented()
    {
        session.Run("#r \"Caseload.Frames.dll\"\nusing Caseload.Frames;");
        Assert.Matches(@"^\(\w+\) .*Frame\n\n\w+", At("Fra|me f;")!.Text);
    }

    [Fact]
    public void The_framework_is_documented_where_an_SDK_is_installed()
    {
        Assert.SkipWhen(SdkFolder.Documentation() is null, "no SDK with reference packs is installed");
        Assert.Contains("Writes the specified string value", At("Console.Write|Line(\"a\")")!.Text, StringComparison.Ordinal);
        Assert.Contains("larger of two", At("Math.M|ax(1, 2)")!.Text, StringComparison.Ordinal);
        Assert.Contains("Filters a sequence", At("new[] { 1 }.Whe|re(x => true)")!.Text, StringComparison.Ordinal);
        Assert.Contains("list of objects", At("Li|st<int> xs")!.Text, StringComparison.Ordinal);
        var full = At("Path.Comb|ine(\"a\", \"b\")", InspectionDetail.Full)!.Text;
        Assert.Contains("Throws", full, StringComparison.Ordinal);
        Assert.EndsWith("In System.IO, System.Private.CoreLib", full, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_position_and_any_text_is_answered()
    {
        string[] texts = ["", " ", "Console.", "\"😀\".Length", "\ud83d", "(((((", "}}}}", "#", "$\"{", "F(,,,", "new (", "[", "x[1,"];
        foreach (var code in texts)
        {
            for (var position = -2; position <= code.Length + 2; position++)
            {
                session.Session.Inspect(code, position, InspectionDetail.Full);
            }
        }
    }
}
