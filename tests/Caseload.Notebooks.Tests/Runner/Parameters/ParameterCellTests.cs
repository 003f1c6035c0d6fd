using System.Text.Json.Nodes;
using Caseload.Frames;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Runner.Parameters;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Notebooks.Tests.Runner.Parameters;

/// <summary>What <c>-p name=value</c> makes of the cell that is tagged <c>parameters</c>.</summary>
public sealed class ParameterCellTests
{
    private const string NoType = "a variable of a number, bool, string, char, DateTime or DateOnly, or an array of one of these";

    [Theory]
    [InlineData("var seed = 1;", "2", "var seed = 2;")]
    [InlineData("var seed = -1;", "2", "var seed = 2;")]
    [InlineData("int seed = 1;", "-2147483648", "int seed = -2147483648;")]
    [InlineData("const int seed = 1;", "2", "const int seed = 2;")]
    [InlineData("int seed;", "2", "int seed = 2;")]
    [InlineData("int? seed = 1;", "null", "int? seed = null;")]
    [InlineData("int? seed = null;", "7", "int? seed = 7;")]
    [InlineData("System.Int32 seed = 1;", "7", "System.Int32 seed = 7;")]
    [InlineData("byte seed = 1;", "255", "byte seed = 255;")]
    [InlineData("var seed = 1L;", "2", "var seed = 2L;")]
    [InlineData("long seed = 1;", "9223372036854775807", "long seed = 9223372036854775807L;")]
    [InlineData("ulong seed = 1;", "2", "ulong seed = 2UL;")]
    [InlineData("var seed = 1.5;", "2", "var seed = 2.0;")]
    [InlineData("double seed = 1;", "1e-9", "double seed = 1E-09;")]
    [InlineData("var seed = double.NaN;", ".5", "var seed = 0.5;")]
    [InlineData("var seed = 1f;", "2.5", "var seed = 2.5F;")]
    [InlineData("decimal seed = 1;", "0.10", "decimal seed = 0.10M;")]
    [InlineData("var seed = true;", "False", "var seed = false;")]
    [InlineData("var seed = \"a\";", "a=b \"c\" \\ {d}", "var seed = \"a=b \\\"c\\\" \\\\ {d}\";")]
    [InlineData("string seed = @\"C:\\x\";", "", "string seed = \"\";")]
    [InlineData("string? seed = \"a\";", "null", "string? seed = null;")]
    [InlineData("string seed = \"a\";", "null", "string seed = \"null\";")]
    [InlineData("char seed = 'a';", "'", "char seed = '\\'';")]
    [InlineData("var seed = new DateTime(2011, 4, 1);", "2017-03-31", "var seed = new DateTime(2017, 3, 31);")]
    [InlineData("DateTime seed = default;", "2017-03-31T09:30", "DateTime seed = new DateTime(2017, 3, 31, 9, 30, 0);")]
    [InlineData("System.DateOnly seed = new(2011, 4, 1);", "2017-03-31", "System.DateOnly seed = new System.DateOnly(2017, 3, 31);")]
    [InlineData("double[] seed = { 1, 2 };", "1, 2.5", "double[] seed = [1.0, 2.5];")]
    [InlineData("string[] seed = [\"a\"];", "b,c", "string[] seed = [\"b\", \"c\"];")]
    [InlineData("int[] seed = [1];", "", "int[] seed = [];")]
    [InlineData("var seed = DayOfWeek.Monday;", "Friday", "var seed = DayOfWeek.Friday;")]
    [InlineData("DayOfWeek seed = System.DayOfWeek.Monday;", "Friday", "DayOfWeek seed = System.DayOfWeek.Friday;")]
    public void A_value_is_written_in_the_type_of_the_variable(string before, string value, string after) =>
        Assert.Equal(after, Fill(before, ("seed", value)));

    [Theory]
    [InlineData("int seed = 1;", "1.5", "a whole number in the range of int")]
    [InlineData("int seed = 1;", "2147483648", "a whole number in the range of int")]
    [InlineData("int seed = 1;", "", "a whole number in the range of int")]
    [InlineData("int seed = 1;", "1; File.Delete(\"x\")", "a whole number in the range of int")]
    [InlineData("int? seed = 1;", "none", "a whole number in the range of int, or null")]
    [InlineData("uint seed = 1;", "-1", "a whole number in the range of uint")]
    [InlineData("var seed = 1.5;", "1,5", "a number (double)")]
    [InlineData("var seed = 1.5;", "1e999", "a number (double)")]
    [InlineData("var seed = true;", "1", "true or false")]
    [InlineData("char seed = 'a';", "ab", "one character (char)")]
    [InlineData("DateOnly seed = default;", "31/03/2017", "a date as 2017-03-31 (DateOnly)")]
    [InlineData("double[] seed = [];", "1,x", "values with commas between them, each a number (double)")]
    [InlineData("var seed = DayOfWeek.Monday;", "Friday; x", "the name of a value of DayOfWeek")]
    [InlineData("var seed = Read();", "1", NoType)]
    [InlineData("Stream seed = null;", "1", NoType)]
    public void A_value_of_another_type_is_told_with_the_type_and_the_line(string code, string value, string expected)
    {
        var problem = Make.ProblemOf(() => Fill("// what it is\n" + code, ("seed", value)));
        Assert.Equal((ProblemKind.WrongUsage, expected, $"n.ipynb, cell 2, line 2: {code}"), (problem.Kind, problem.Expected, problem.Where));
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void Comments_layout_and_the_other_variables_stay()
    {
        const string Before = "// How many draws.\nvar  draws = 5 ;  // five\r\nint a = 1,\n    b = /* two */ 2;\nvar c = a + b;\n";
        Assert.Equal("// How many draws.\nvar  draws = 20 ;  // five\r\nint a = 1,\n    b = /* two */ 30;\nvar c = a + b;\n",
            Fill(Before, ("b", "30"), ("draws", "20")));
    }

    [Fact]
    public void Only_the_first_tagged_cell_of_code_is_changed_and_the_run_is_noted()
    {
        var notebook = new Notebook(
        [
            Tagged("m", "var seed = 1;") with { Kind = CellKind.Markdown }, new("c", CellKind.Code, "var seed = 1;"),
            Tagged("p", "var seed = 1;"), Tagged("q", "var seed = 1;"),
        ]);
        var filled = ParameterCell.Fill(notebook, [new("seed", "2")], "n.ipynb");
        Assert.Equal(["var seed = 1;", "var seed = 1;", "var seed = 2;", "var seed = 1;"], filled.Cells.Select(c => c.Source));
        Assert.Equal("2", (string)filled.Metadata["caseload"]!["parameters"]!["seed"]!);
        Assert.Empty(NotebookCleaner.Clean(filled).Metadata);
        Assert.Same(notebook, ParameterCell.Fill(notebook, [], "n.ipynb"));
    }

    [Fact]
    public void A_name_that_is_not_declared_is_told_with_those_that_are()
    {
        var problem = Make.ProblemOf(() => Fill("var seed = 1; int Draws() => 1; string path = \"a\";", ("sede", "2")));
        Assert.Equal((ProblemKind.WrongUsage, "the parameter sede", "one of: seed, path", "n.ipynb, cell 2"),
            (problem.Kind, problem.Found, problem.Expected, problem.Where));
        Assert.Contains("declares none", Make.ProblemOf(() => Fill("1 + 1", ("seed", "2"))).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_without_a_tagged_cell_takes_no_parameter()
    {
        var problem = Make.ProblemOf(() => ParameterCell.Fill(Make.Notebook("var seed = 1;"), [new("seed", "2")], "n.ipynb"));
        Assert.Equal((ProblemKind.WrongUsage, "a code cell tagged parameters", "n.ipynb"), (problem.Kind, problem.Expected, problem.Where));
    }

    [Fact]
    public void Any_text_becomes_one_string_and_nothing_else()
    {
        Prop.ForAll<NonNull<string>>(text =>
        {
            var code = Fill("var s = \"\"; var after = 1;", ("s", text.Get));
            var tree = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(code);
            var tokens = tree.GetRoot().DescendantTokens().ToArray();
            return !tree.GetDiagnostics().Any() && tokens.Length == 11 && Equals(tokens[3].Value, text.Get);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Texts_are_cut_at_their_first_equals_sign()
    {
        Assert.Equal([new("a", "b=c"), new("d", ""), new("e", " f")], Parameter.ParseAll(["a=b=c", "d=", " e = f"]));
        Assert.Equal("the parameter 'seed'", Make.ProblemOf(() => Parameter.ParseAll(["seed"])).Found);
        Assert.Equal("the parameter '=1'", Make.ProblemOf(() => Parameter.ParseAll(["=1"])).Found);
        Assert.Equal("the parameter a twice", Make.ProblemOf(() => Parameter.ParseAll(["a=1", "a=1"])).Found);
    }

    private static NotebookCell Tagged(string id, string code) =>
        new(id, CellKind.Code, code) { Metadata = new() { ["tags"] = new JsonArray("parameters") } };

    private static string Fill(string code, params (string Name, string Value)[] parameters)
    {
        var notebook = new Notebook([new("m", CellKind.Markdown, "text"), Tagged("p", code)]);
        return ParameterCell.Fill(notebook, [.. parameters.Select(p => new Parameter(p.Name, p.Value))], "n.ipynb").Cells[1].Source;
    }
}
