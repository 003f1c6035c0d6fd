using Caseload.Notebooks.Session.Assistance;

namespace Caseload.Notebooks.Tests.Session.Assistance;

public sealed class CompletenessTests : IDisposable
{
    private readonly SessionDriver session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("1 + 1")]
    [InlineData("var n = 1;")]
    [InlineData("Console.WriteLine(1)")]
    [InlineData("if (true) { }")]
    [InlineData("int Twice(int n) => 2 * n;")]
    [InlineData("int Twice(int n)\n{\n    return 2 * n;\n}")]
    [InlineData("var f = (int n) => n;")]
    [InlineData("record Row(int Id);")]
    [InlineData("// a comment")]
    [InlineData("using System.Net;")]
    [InlineData("#!time\n1 + 1")]
    [InlineData("#!import \"a.csx\"")]
    [InlineData("#i \"nuget: folder\"\n#r \"nuget: Some.Package, 1.2.3\"\n1")]
    [InlineData("await Task.Yield();")]
    [InlineData("nothing.Known(3)")]
    [InlineData("var s = \"\"\"\n    a\n    \"\"\";")]
    [InlineData("#if DEBUG\n1\n#endif")]
    public void Whole_text_can_run(string code) => Assert.Equal(new(CompletenessStatus.Complete, ""), session.Session.IsComplete(code));

    [Theory]
    [InlineData("if (true) {", 4)]
    [InlineData("if (true)", 4)]
    [InlineData("if (true) { } else", 4)]
    [InlineData("foreach (var i in new[] { 1 })", 4)]
    [InlineData("foreach (var i in new[] { 1 })\n{\n    Console.WriteLine(i);", 4)]
    [InlineData("while (true)\n{\n    if (true)\n    {", 8)]
    [InlineData("Console.WriteLine(", 4)]
    [InlineData("Console.WriteLine(1,", 0)]
    [InlineData("var n =", 4)]
    [InlineData("1 +", 0)]
    [InlineData("x.", 0)]
    [InlineData("var s = @\"a", 0)]
    [InlineData("var s = \"\"\"\n    a", 0)]
    [InlineData("var s = \"\"\"", 0)]
    [InlineData("/* a", 0)]
    [InlineData("#if DEBUG\n1", 0)]
    [InlineData("[Obsolete]", 0)]
    [InlineData("int Twice(int n)", 0)]
    [InlineData("int Twice(int n) =>", 4)]
    [InlineData("var f = (int n) =>", 4)]
    [InlineData("class A", 0)]
    [InlineData("class A\n{", 4)]
    [InlineData("var xs = new[] {", 4)]
    [InlineData("var xs = new[]", 0)]
    [InlineData("int n", 0)]
    [InlineData("var n = 1", 0)]
    [InlineData("try { }", 0)]
    [InlineData("switch (1)\n{\n    case 1:", 8)]
    public void Text_that_lacks_its_end_waits_for_more_and_says_how_far_the_next_line_goes_in(string code, int indent) =>
        Assert.Equal(new(CompletenessStatus.Incomplete, new string(' ', indent)), session.Session.IsComplete(code));

    [Theory]
    [InlineData("Console.WriteLine(1))")]
    [InlineData("if (true) }")]
    [InlineData("{ } }")]
    [InlineData("class { ]")]
    [InlineData("var s = \"a")]
    [InlineData("}")]
    [InlineData("1 + ;")]
    [InlineData("foo bar baz;")]
    [InlineData("if (true) } {")]
    [InlineData("Console.WriteLine(1));")]
    [InlineData("var s = \"a\nb\";")]
    public void What_no_more_text_can_mend_is_invalid(string code) =>
        Assert.Equal(new(CompletenessStatus.Invalid, ""), session.Session.IsComplete(code));

    [Fact]
    public void Any_text_is_answered()
    {
        string[] texts = ["\ud83d", "((((", "$\"{", "\"", "'", "#", "@", "\0", "[", "{", "#r \"", "<<<", "\"\"\""];
        foreach (var code in texts) Assert.NotNull(session.Session.IsComplete(code).Indent);
    }
}
