using System.Globalization;
using System.Text;

namespace Caseload.Notebooks.Tests.Session.Stopping;

/// <summary>A small program of loops, functions and lambdas that ends, and whose value is the text that it wrote.</summary>
internal sealed class RandomProgram(int seed)
{
    private readonly Random random = new(seed);
    private int names;

    public string Write()
    {
        var code = new StringBuilder("var log = new System.Text.StringBuilder();\n");
        for (var i = 0; i < 3; i++) code.Append(Statement(3)).Append('\n');
        code.Append(CultureInfo.InvariantCulture, $"foreach (var end in new[] {{ {Number()} }}) log.Append(end);\n");
        return code.Append("log.ToString()").ToString();
    }

    private string Number() => random.Next(1, 4).ToString(CultureInfo.InvariantCulture);

    private string Name() => $"v{names++}";

    private string Separator() => random.Next(3) switch { 0 => "\n", 1 => " // a comment {\n", _ => " " };

    private string Body(int depth) => random.Next(2) == 0
        ? $"{{{Separator()}{Statement(depth)}{Separator()}{Statement(depth)} }}"
        : Embedded(depth);

    // What may stand without braces: no declaration.
    private string Embedded(int depth) => depth == 0 || random.Next(2) == 0 ? $"log.Append(\"{Number()}\");" : Loop(depth - 1);

    private string Loop(int depth)
    {
        var v = Name();
        return random.Next(4) switch
        {
            0 => $"for (var {v} = 0; {v} < {Number()}; {v}++){Separator()}{Body(depth)}",
            1 => $"foreach (var {v} in Enumerable.Range(0, {Number()})){Separator()}{Body(depth)}",
            2 => $"foreach (var ({v}, {v}b) in new[] {{ ({Number()}, 2) }}) {{ log.Append({v} + {v}b); {Body(depth)} }}",
            _ => $"if (log.Length % 2 == 0){Separator()}{Embedded(depth)}{Separator()}else{Separator()}{Embedded(depth)}",
        };
    }

    private string Statement(int depth)
    {
        if (depth == 0) return $"log.Append(\"{Number()}\");";
        var v = Name();
        var inner = depth - 1;
        return random.Next(9) switch
        {
            0 => $"int {v}(int n) => n < 1 ? {Number()} : {v}(n - 1) + 1;{Separator()}log.Append({v}({Number()}));",
            1 => $"void {v}(int n) {{ if (n > 0) {v}(n - 1); {Body(inner)} }}{Separator()}{v}({Number()});",
            2 => $"log.Append(Enumerable.Range(0, {Number()}).Select(x => x + {Number()}).Sum(x => {{ return x; }}));",
            3 => $"var {v} = 0; while ({v}++ < {Number()}){Separator()}{Body(inner)}",
            4 => $"var {v} = 0; do {Body(inner)} while ({v}++ < {Number()});",
            5 => $"Action {v} = () => {{ {Statement(inner)} }}; {v}();",
            6 => $"Action {v} = () => log.Append({Number()});{Separator()}{v}();",
            7 => $"Task.Run(async () => {{ await Task.Yield(); {Statement(inner)} }}).Wait();",
            _ => Loop(inner),
        };
    }
}
