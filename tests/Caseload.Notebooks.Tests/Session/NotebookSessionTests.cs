using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Tests.Session;

public sealed class NotebookSessionTests : IDisposable
{
    private readonly SessionDriver session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_variable_type_or_import_of_one_cell_is_seen_by_the_next()
    {
        session.Run("using System.Globalization;\nvar x = 20;\nrecord Pair(int A, int B);\nint Twice(int n) => 2 * n;");
        Assert.Equal("41", session.Value("Twice(x) + new Pair(1, 2).A"));
        Assert.Equal("Integer", session.Value("NumberStyles.Integer"));
    }

    [Fact]
    public void Cells_of_usings_alone_stand_between_cells_with_code()
    {
        session.Run("var x = 1;");
        session.Run("using System.Net;");
        session.Run("// nothing");
        session.Run("var y = x + 1;");
        Assert.Equal("3", session.Value("x + y"));
    }

    [Fact]
    public void The_last_expression_is_the_result_unless_a_semicolon_ends_it()
    {
        Assert.Equal("3", session.Value("1 + 2"));
        Assert.Null(session.Value("var x = 1; x.ToString();"));
        Assert.Null(session.Value("(string)null"));
        Assert.Null(session.Value("Console.WriteLine()"));
    }

    [Fact]
    public void Await_stands_at_top_level() => Assert.Equal("5", session.Value("await Task.Delay(1);\nawait Task.FromResult(5)"));

    [Fact]
    public void What_was_set_before_a_throw_stays_set()
    {
        session.Run("var x = 1;");
        Assert.Equal("System.InvalidOperationException",
            session.Failure("x = 2; var y = 3; throw new InvalidOperationException(\"stop\");").Name);
        Assert.Equal("5", session.Value("x + y"));
    }

    [Fact]
    public void A_cell_that_does_not_compile_changes_nothing()
    {
        session.Run("var x = 1;");
        session.Failure("var x = \"other\"; var z = ;");
        Assert.Equal("2", session.Value("x + 1"));
    }

    [Fact]
    public void A_variable_can_be_declared_again_with_another_type()
    {
        session.Run("var x = 1;");
        session.Run("var x = \"text\";");
        Assert.Equal("4", session.Value("x.Length"));
    }

    [Fact]
    public void Text_and_displays_keep_their_order_and_streams_their_names()
    {
        session.Run("""
            Console.Write("a"); Console.WriteLine(1);
            display(2.5);
            Console.Error.Write("b");
            Console.Write('c');
            HTML("<i>").Display();
            "<svg/>".DisplayAs("image/svg+xml");
            3
            """);
        Assert.Equal(new StreamOutput(StreamName.Stdout, "a1\n"), session.Outputs[0]);
        Assert.Equal("2.5", Assert.IsType<DisplayOutput>(session.Outputs[1]).Data.Text("text/plain"));
        Assert.Equal(new StreamOutput(StreamName.Stderr, "b"), session.Outputs[2]);
        Assert.Equal(new StreamOutput(StreamName.Stdout, "c"), session.Outputs[3]);
        Assert.Equal("<i>", Assert.IsType<DisplayOutput>(session.Outputs[4]).Data.Text("text/html"));
        Assert.Equal("<svg/>", Assert.IsType<DisplayOutput>(session.Outputs[5]).Data.Text("image/svg+xml"));
        Assert.Equal(1, Assert.IsType<ResultOutput>(session.Outputs[6]).ExecutionCount);
    }

    [Fact]
    public void Display_takes_the_MIME_types_that_are_asked_for()
    {
        session.Run("display(new[] { 1, 2 }, \"text/plain\");");
        Assert.Equal(["text/plain"], Assert.IsType<DisplayOutput>(Assert.Single(session.Outputs)).Data.MimeTypes);
    }

    [Fact]
    public void A_task_of_the_cell_shows_in_the_cell()
    {
        session.Run("await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => { display(i); Console.Write('.'); })));");
        Assert.Equal(50, session.Outputs.OfType<DisplayOutput>().Count());
        Assert.Equal(50, session.Outputs.OfType<StreamOutput>().Sum(s => s.Text.Length));
    }

    [Fact]
    public void A_class_of_the_notebook_can_show_too()
    {
        session.Run("static class Helper { public static void Show(int n) => display(n); }");
        session.Run("Helper.Show(7);");
        Assert.Equal("7", Assert.IsType<DisplayOutput>(Assert.Single(session.Outputs)).Data.Text("text/plain"));
    }

    [Fact]
    public void The_console_is_given_back_when_the_session_ends()
    {
        var (output, error, input) = (Console.Out, Console.Error, Console.In);
        using (var own = new SessionDriver()) own.Run("Console.WriteLine(\"x\"); throw new Exception();");
        Assert.Same(output, Console.Out);
        Assert.Same(error, Console.Error);
        Assert.Same(input, Console.In);
    }

    [Fact]
    public void A_cell_that_asks_for_input_finds_its_end() => Assert.Equal("True", session.Value("Console.ReadLine() is null"));

    [Fact]
    public void Long_text_arrives_whole()
    {
        session.Run("for (var i = 0; i < 20000; i++) Console.WriteLine(i);");
        var text = string.Concat(session.Outputs.Cast<StreamOutput>().Select(s => s.Text));
        Assert.Equal(string.Concat(Enumerable.Range(0, 20000).Select(i => $"{i}\n")), text);
    }

    [Fact]
    public void Two_sessions_share_no_variable()
    {
        session.Run("var secret = 1;");
        using var other = new SessionDriver();
        Assert.Equal("CS0103", other.Failure("secret").Name);
    }
}
