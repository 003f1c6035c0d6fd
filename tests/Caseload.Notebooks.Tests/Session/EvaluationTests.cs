using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Tests.Session;

public sealed class EvaluationTests : IDisposable
{
    private readonly SessionDriver session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("x + 1", "42")]
    [InlineData("await Task.FromResult(x)", "41")]
    [InlineData("new[] { x }.Count(n => n > 1)", "1")]
    public async Task An_expression_sees_the_variables(string expression, string text)
    {
        session.Run("var x = 41;");
        var (value, failure) = await session.Session.EvaluateAsync(expression);
        Assert.Null(failure);
        Assert.Equal(text, value!.Text("text/plain"));
    }

    [Theory]
    [InlineData("nothing", "CS0103")]
    [InlineData("int.Parse(\"x\")", "System.FormatException")]
    [InlineData("var y = 1;", "expression")]
    [InlineData("1; 2", "expression")]
    [InlineData("", "expression")]
    [InlineData("1 +", "CS1733")]
    public async Task What_has_no_value_says_why(string expression, string name) =>
        Assert.Equal(name, (await session.Session.EvaluateAsync(expression)).Failure!.Name);

    [Fact]
    public async Task Nothing_is_declared_and_nothing_is_shown()
    {
        session.Run("var x = 1;");
        await session.Session.EvaluateAsync("int.TryParse(\"5\", out var y)");
        await session.Session.EvaluateAsync("Enumerable.Range(0, 3).Select(i => { Console.Write(i); display(i); return i; }).Sum()");
        Assert.Empty(session.Outputs);
        Assert.Equal("CS0103", session.Failure("y").Name);
        Assert.Equal("1", session.Value("x"));
    }

    [Fact]
    public async Task It_can_be_interrupted()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AppDomain.CurrentDomain.SetData("caseload-entered", entered);
        var evaluation = session.Session.EvaluateAsync(
            "((Func<int>)(() => { "
            + "((TaskCompletionSource)AppDomain.CurrentDomain.GetData(\"caseload-entered\")).SetResult(); while (true); }))()");
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        session.Session.Interrupt();
        var (value, failure) = await evaluation.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Null(value);
        Assert.Equal("Interrupted", failure!.Name);
    }
}
