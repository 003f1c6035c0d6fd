using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Tests.Session;

public sealed class CellFailureTests : IDisposable
{
    private readonly SessionDriver session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void An_exception_whose_message_throws_is_told_all_the_same()
    {
        var failure = session.Failure(
            "class Odd : Exception { public override string Message => throw new Exception(); } throw new Odd();");
        Assert.Equal(("Odd", "(its message cannot be read: Exception)"), (failure.Name, failure.Message));
    }

    [Fact]
    public void A_compile_error_stands_at_its_place_in_the_cell()
    {
        var failure = session.Failure("var a = 1;\n  var b = a + nothing;");
        Assert.Equal(("CS0103", 2, 15), (failure.Name, failure.Line, failure.Column));
        Assert.Equal("The name 'nothing' does not exist in the current context", failure.Message);
        Assert.Equal(
            ["cell 1, line 2, column 15: error CS0103: The name 'nothing' does not exist in the current context",
                "    var b = a + nothing;", "                ^"],
            failure.Traceback);
    }

    [Fact]
    public void Many_compile_errors_are_cut_short_and_counted()
    {
        var failure = session.Failure(string.Join('\n', Enumerable.Range(1, 8).Select(i => $"int a{i} = none{i};")));
        Assert.Equal(1, failure.Line);
        Assert.Equal("and 3 more errors", failure.Traceback[^1]);
    }

    [Fact]
    public void A_directive_before_it_does_not_move_a_line() => Assert.Equal(3, session.Failure("#!csharp\n#!time\nnothing").Line);

    [Fact]
    public void An_exception_is_told_at_the_cells_line_through_the_notebooks_own_methods_only()
    {
        // A small method may be compiled into its caller and leave no trace of its own; the caller's line still does.
        session.Run("""
            using System.Runtime.CompilerServices;
            [MethodImpl(MethodImplOptions.NoInlining)]
            int Half(int n)
            {
                return n % 2 == 0 ? n / 2 : throw new ArgumentException("odd");
            }
            """);
        var failure = session.Failure("var ok = Half(4);\n\nvar bad = new[] { 3 }.Select(n => Half(n)).ToList();");
        Assert.Equal(("System.ArgumentException", "odd", 3), (failure.Name, failure.Message, failure.Line));
        Assert.Equal("System.ArgumentException: odd", failure.Traceback[0]);
        Assert.Equal("  at cell 1, line 5, in Half", failure.Traceback[1]);
        Assert.Equal("    var bad = new[] { 3 }.Select(n => Half(n)).ToList();", failure.Traceback[^1]);
        Assert.DoesNotContain(failure.Traceback, line =>
            line.Contains("System.Linq", StringComparison.Ordinal) || line.Contains("Caseload", StringComparison.Ordinal));
    }

    [Fact]
    public void An_exception_after_an_await_keeps_its_line()
    {
        session.Run("async Task Later()\n{\n    await Task.Yield();\n    throw new TimeoutException(\"late\");\n}");
        var failure = session.Failure("await Task.Delay(1);\nawait Later();");
        Assert.Equal(2, failure.Line);
        Assert.Equal("  at cell 1, line 4, in Later", failure.Traceback[1]);
    }

    [Fact]
    public void A_cause_is_told_after_what_it_caused()
    {
        var failure = session.Failure(
            "try { int.Parse(\"x\"); }\ncatch (Exception e) { throw new InvalidOperationException(\"outer\", e); }");
        Assert.Contains(failure.Traceback, line => line.StartsWith("caused by System.FormatException: ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_exception_type_of_the_notebook_has_its_own_name()
    {
        session.Run("class TooFew : Exception { public TooFew(string m) : base(m) { } }");
        Assert.Equal("TooFew", session.Failure("throw new TooFew(\"x\");").Name);
    }

    [Fact]
    public void The_failure_is_the_last_output()
    {
        session.Run("Console.Write(\"before\"); throw new Exception(\"stop\");");
        Assert.Equal(["StreamOutput", "ErrorOutput"], session.Outputs.Select(o => o.GetType().Name));
    }

    [Fact]
    public void A_long_way_is_cut_short()
    {
        session.Run("int Down(int n) { if (n == 0) throw new Exception(\"deep\"); return 1 + Down(n - 1); }");
        var failure = session.Failure("Down(100)");
        Assert.Matches(@"^  and \d+ more calls$", failure.Traceback[^1]);
        Assert.True(failure.Traceback.Count <= 42);
        Assert.Equal(1, failure.Line);
    }

    [Theory]
    [InlineData("Task.Run(() => int.Parse(\"x\")).Wait();")]
    [InlineData("_ = Task.Run(() => int.Parse(\"x\")).Result;")]
    [InlineData("Parallel.For(0, 1, i => int.Parse(\"x\"));")]
    [InlineData("typeof(int).GetMethod(\"Parse\", new[] { typeof(string) }).Invoke(null, new object[] { \"x\" });")]
    public void What_is_wrapped_around_an_exception_is_taken_off(string code)
    {
        var failure = session.Failure("\n" + code);
        Assert.Equal(("System.FormatException", 2), (failure.Name, failure.Line));
        Assert.DoesNotContain(failure.Traceback, line => line.Contains("AggregateException", StringComparison.Ordinal));
    }

    [Fact]
    public void Errors_of_several_tasks_are_told_one_after_the_other()
    {
        var failure = session.Failure(
            "Parallel.Invoke(() => throw new ArgumentException(\"a\"), () => throw new ArgumentException(\"b\"));");
        Assert.Equal("System.ArgumentException", failure.Name);
        Assert.Contains(failure.Traceback, line => line.StartsWith("and System.ArgumentException: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_on_a_thread_of_the_cell_is_told_on_its_standard_error_and_the_process_lives()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Listener = shown =>
        {
            if (shown is OutputShown { Output: StreamOutput { Stream: StreamName.Stderr } }) told.TrySetResult();
        };
        await session.Start("new System.Threading.Thread(() =>\n{\n    throw new Exception(\"apart\");\n}).Start();");
        await told.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Contains("System.Exception: apart\n  at cell 1, line 3", session.Text, StringComparison.Ordinal);
        Assert.Equal("3", session.Value("1 + 2"));
    }
}
