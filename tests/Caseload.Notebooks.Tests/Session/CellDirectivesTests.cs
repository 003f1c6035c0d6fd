using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Tests.Session;

public sealed class CellDirectivesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SessionDriver session;

    public CellDirectivesTests() => session = new(folder.Path, new HalfSecondClock());

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void The_name_of_the_language_may_stand_first() => Assert.Equal("2", session.Value("#!csharp\n1 + 1"));

    [Fact]
    public void The_time_that_a_cell_takes_is_shown_after_it()
    {
        Assert.Equal("2", session.Value("#!time\n1 + 1"));
        Assert.Equal("Wall time: 500.0 ms", Assert.IsType<DisplayOutput>(session.Outputs[^1]).Data.Text("text/plain"));
    }

    [Fact]
    public void Text_that_looks_like_a_directive_is_none() =>
        Assert.Equal("#!time\n#!fsharp", session.Value("var s = @\"#!time\n#!fsharp\";\n// the next is a comment\n/*\n#!import\n*/\ns"));

    [Theory]
    [InlineData("1.ToString();\n#!fsharp\n1 + 1", "#!fsharp", 2)]
    [InlineData("#!import\n1", "#!import names no file", 1)]
    public void What_this_host_cannot_do_is_told_with_its_line(string code, string message, int line)
    {
        var failure = session.Failure(code);
        Assert.Equal(("Directive", line), (failure.Name, failure.Line));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_takes_in_a_file_beside_the_notebook()
    {
        folder.Write("helpers.csx", "int Twice(int n) => 2 * n;");
        Assert.Equal("6", session.Value("#load \"helpers.csx\"\nTwice(3)"));
        Assert.Equal("8", session.Value("Twice(4)"));
    }

    [Fact]
    public void Import_runs_a_file_before_the_cell_and_what_that_imports_before_it()
    {
        folder.Write("first.csx", "var first = 1;");
        folder.Write("second.cs", "#!import \"first.csx\"\nvar second = first + 1;");
        Assert.Equal("3", session.Value("#!import \"second.cs\"\nfirst + second"));
    }

    [Fact]
    public void Import_runs_the_code_cells_of_a_notebook()
    {
        folder.Write("other.ipynb", new Notebook([
            new("a", CellKind.Markdown, "not code"), new("b", CellKind.Code, "var n = 1;"), new("c", CellKind.Code, "n++;")]));
        Assert.Equal("2", session.Value("#!import \"other.ipynb\"\nn"));
    }

    [Fact]
    public void An_error_in_an_imported_file_names_that_file()
    {
        folder.Write("bad.csx", "var a = 1;\nvar b = nothing;");
        var failure = session.Failure("#!import \"bad.csx\"\n1");
        Assert.Equal(
            "bad.csx, line 2, column 9: error CS0103: The name 'nothing' does not exist in the current context", failure.Traceback[0]);
        Assert.Equal("imported by cell 1", failure.Traceback[^1]);
    }

    [Theory]
    [InlineData("none.csx", "no such file")]
    [InlineData("a.fsx", "a file of another sort")]
    [InlineData("self.csx", "self.csx imports itself")]
    public void An_import_that_cannot_be_is_told(string file, string message)
    {
        folder.Write("self.csx", "#!import \"self.csx\"");
        Assert.StartsWith(message, session.Failure($"#!import \"{file}\"").Message, StringComparison.Ordinal);
    }

    /// <summary>A clock on which half a second passes between any two looks.</summary>
    private sealed class HalfSecondClock : TimeProvider
    {
        private long looks;

        public override long TimestampFrequency => 2;

        public override long GetTimestamp() => looks++;
    }
}
