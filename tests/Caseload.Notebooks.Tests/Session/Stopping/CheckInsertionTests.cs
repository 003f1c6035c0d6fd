using System.Globalization;
using Caseload.Notebooks.Session;
using Caseload.Notebooks.Session.Stopping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Caseload.Notebooks.Tests.Session.Stopping;

public sealed class CheckInsertionTests : IDisposable
{
    private readonly SessionDriver session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("var s = 0; for (var i = 0; i < 3; i++) s += i; s", "3", 1)]
    [InlineData("var s = 0; foreach (var (a, b) in new[] { (1, 2) }) s += a + b; s", "3", 1)]
    [InlineData("var i = 0; while (i < 3)\n#line 7\n  i++;\ni", "3", 1)]
    [InlineData("var i = 0; while (i < 3) if (i > 5) i = 9; else i++; i", "3", 1)]
    [InlineData("var i = 0; do i++; while (i < 3); i", "3", 1)]
    [InlineData("var i = 0; again: i++; if (i < 3) goto again; i", "3", 1)]
    [InlineData("var i = 0; for (; i < 3;) for (; i < 2; i++) ; i++", null, 2)]
    [InlineData("int F(int n) => n < 1 ? 3 : F(n - 1);\nF(4)", "3", 1)]
    [InlineData("void F() => Console.Write(3);\nF(); 3", "3", 1)]
    [InlineData("int F() => throw new Exception();\n3", "3", 1)]
    [InlineData("ref int F(int[] a) => ref a[0];\nF(new[] { 3 })", "3", 1)]
    [InlineData("async Task F() => await Task.Yield();\nawait F(); 3", "3", 1)]
    [InlineData("async Task<int> F() => await Task.FromResult(3);\nawait F()", "3", 1)]
    [InlineData("async System.Threading.Tasks.ValueTask F() => await Task.Yield();\nawait F(); 3", "3", 1)]
    [InlineData("Task F() => Task.CompletedTask;\nawait F(); 3", "3", 1)]
    [InlineData("List<int> F() => [1, 2];\nF().Sum()", "3", 1)]
    [InlineData("int F(int n)\n{\n    static int G(int m) { return m; }\n    return G(n);\n}\nF(3)", "3", 2)]
    [InlineData("unsafe int F() { int x = 3; int* p = &x; return *p; }\n3", null, 1)]
    [InlineData("IEnumerable<int> F() { yield return 3; }\nF().First()", "3", 1)]
    [InlineData("class C { int n = 3; public int M() { return n; } public C() { } "
        + "public static C operator +(C a, C b) => a; }\n(new C() + new C()).M()", "3", 1)]
    [InlineData("abstract class C { public abstract int M(); public partial class D { } }\n3", "3", 0)]
    [InlineData("interface I { int M() => 3; }\nclass C : I { }\n((I)new C()).M()", "3", 1)]
    [InlineData("record R(int A) { public int B() => A; }\nnew R(3).B()", "3", 1)]
    [InlineData("Enumerable.Range(0, 5).Count(i => i > 1)", "3", 1)]
    [InlineData("Func<int, Func<int, int>> f = x => y => x + y;\nf(1)(2)", "3", 2)]
    [InlineData("Action a = () => Console.Write(\"\"); a(); 3", "3", 1)]
    [InlineData("await Task.Run(async () => await Task.Yield()); 3", "3", 1)]
    [InlineData("await Task.Run(async () => await Task.FromResult(3))", "3", 1)]
    [InlineData("await Task.Run(() => Task.FromResult(3))", "3", 1)]
    [InlineData("await Task.Run(() => 3)", "3", 1)]
    [InlineData("Func<int> f = () => throw new Exception(); 3", "3", 1)]
    [InlineData("Func<int> f = delegate { return 3; };\nf()", "3", 1)]
    [InlineData("$\"{new[] { 1, 2, 3 }.Count(x => x > 0):D}\"", "3", 1)]
    [InlineData("using System.Linq.Expressions;\nExpression<Func<int, bool>> e = x => x > 1;\n"
        + "e.Body.NodeType == ExpressionType.GreaterThan ? 3 : 0", "3", 0)]
    [InlineData("new[] { 1, 2, 3, 4 }.AsQueryable().Where(x => x > 1 && new[] { 1 }.All(y => y > 0)).Count()", "3", 0)]
    [InlineData("(from x in new[] { 1, 2 } where x > 0 select x).Sum()", "3", 0)]
    [InlineData("var f = (int x) => x + 1;\nf(2)", "3", 1)]
    [InlineData("var text = \"while (true) { }\"; // for (;;) { }\n3", "3", 0)]
    [InlineData("lock (new object()) { switch (3) { case 3: while (true) { break; } break; } }\n3", "3", 1)]
    [InlineData("var n = 0; foreach (var x in new[] { 1, 2, 3 })\n    // one each\n    n++; // done\nn", "3", 1)]
    [InlineData("#nullable enable\nstring? F(string? s) => s;\nF(\"3\")", "3", 1)]
    public void A_cell_gives_the_same_with_checks(string code, string? value, int checks)
    {
        var tree = Parse(code);
        var withChecks = CheckInsertion.Into(tree, () => Model(tree))?.ToString() ?? code;
        Assert.Equal(checks, withChecks.Split("CellCheck.Pass").Length - 1);
        Assert.Equal(code.Count(c => c == '\n'), withChecks.Count(c => c == '\n'));
        Assert.Empty(Errors(withChecks));
        if (value is not null) Assert.Equal(value, session.Value(code));
    }

    [Theory]
    [InlineData("while (true)\n  nothing();", 2, 3, "  nothing();")]
    [InlineData("for (;;) { nothing(); }", 1, 12, "for (;;) { nothing(); }")]
    [InlineData("new[] { 1 }.Select(x => nothing);", 1, 25, "new[] { 1 }.Select(x => nothing);")]
    [InlineData("int F() => nothing;", 1, 12, "int F() => nothing;")]
    public void An_error_stands_at_its_place_in_the_text_as_it_was_written(string code, int line, int column, string source)
    {
        var failure = session.Failure(code);
        Assert.Equal(("CS0103", line, column), (failure.Name, failure.Line, failure.Column));
        Assert.Equal("  " + source, failure.Traceback[1]);
    }

    [Fact]
    public void An_exception_in_a_loop_has_its_line_and_the_text_as_it_was_written()
    {
        var failure = session.Failure("for (var i = 0; i < 3; i++)\n{\n    if (i == 1) throw new Exception(\"x\");\n}");
        Assert.Equal(3, failure.Line);
        Assert.Equal("    if (i == 1) throw new Exception(\"x\");", failure.Traceback[2]);
    }

    [Fact]
    public void A_file_that_is_loaded_can_be_stopped_too_and_shows_its_own_text()
    {
        using var folder = new TemporaryFolder();
        folder.Write("f.csx", "void Forever() { while (true) ; }\nvoid Fail()\n{\n    for (;;) throw new Exception(\"x\");\n}");
        using var own = new SessionDriver(folder.Path);
        Assert.Contains("    for (;;) throw new Exception(\"x\");", own.Failure("#load \"f.csx\"\nFail();").Traceback);
        Assert.True(own.Interrupt("Console.WriteLine(1);\nForever();").Result.IsInterrupted);
    }

    [Fact]
    public void Programs_print_the_same_with_and_without_checks()
    {
        var seeds = FsCheck.Fluent.Gen.Choose(0, int.MaxValue);
        var property = FsCheck.Fluent.Prop.ForAll(FsCheck.Fluent.Arb.From(seeds), seed =>
        {
            var program = new RandomProgram(seed).Write();
            var tree = Parse(program);
            var withChecks = CheckInsertion.Into(tree, () => Model(tree))!.ToString();
            Assert.Equal(Output(program), Output(withChecks));
        });
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(60), property);
    }

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, SubmissionCompiler.ParseOptions);

    private static SemanticModel Model(SyntaxTree tree) => Compile(tree).GetSemanticModel(tree);

    private static IEnumerable<string> Errors(string code) =>
        Compile(Parse(code)).GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());

    private static CSharpCompilation Compile(SyntaxTree tree) =>
        CSharpCompilation.CreateScriptCompilation("Test", tree, SessionDriver.Host.FrameworkReferences,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true).WithUsings(
                "System", "System.Linq", "System.Collections.Generic", "System.Threading.Tasks"), returnType: typeof(object));

    // Compiled and run here, past the session, which would put the checks in again.
    private static string Output(string code)
    {
        using var image = new MemoryStream();
        var compilation = Compile(Parse(code));
        var result = compilation.Emit(image);
        Assert.True(result.Success, code + "\n" + string.Join('\n', result.Diagnostics));
        var context = new System.Runtime.Loader.AssemblyLoadContext("program", isCollectible: true);
        image.Position = 0;
        var method = context.LoadFromStream(image).GetType(compilation.GetEntryPoint(CancellationToken.None)!.ContainingType.MetadataName)!
            .GetMethod("<Factory>", System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public)!;
        var value = ((Task<object>)method.Invoke(null, [new object?[2]])!).GetAwaiter().GetResult();
        context.Unload();
        return Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }
}
