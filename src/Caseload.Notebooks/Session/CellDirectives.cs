using Caseload.Notebooks.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Session;

/// <summary>The lines of a cell that speak to the host and not to the compiler: <c>#!csharp</c>, <c>#!time</c>, <c>#!import</c>.</summary>
/// <param name="Code">The cell's text with those lines blanked out, so that positions stay.</param>
/// <param name="IsTimed">Whether the time that the cell takes is shown.</param>
/// <param name="Imports">The files to run first, in order.</param>
/// <param name="Failure">What is wrong with a directive; null where nothing is.</param>
internal sealed record CellDirectives(SourceText Code, bool IsTimed, IReadOnlyList<string> Imports, CellFailure? Failure)
{
    private const string Known = "this host runs C# and knows #!csharp, #!time and #!import";

    /// <summary>Reads the directives of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="options">How the cell is parsed.</param>
    public static CellDirectives Read(CellSource cell, CSharpParseOptions options)
    {
        var text = SourceText.From(cell.Code, System.Text.Encoding.UTF8);
        var root = CSharpSyntaxTree.ParseText(text, options).GetCompilationUnitRoot();
        var read = new CellDirectives(text, false, [], PackageFailure(cell, text, root));
        if (read.Failure is not null || !cell.Code.Contains("#!", StringComparison.Ordinal)) return read;
        var blanks = new List<TextChange>();
        foreach (var line in text.Lines.Where(line => IsDirective(root, text, line)))
        {
            read = read.With(cell, line);
            if (read.Failure is not null) return read;
            blanks.Add(new TextChange(line.Span, new string(' ', line.Span.Length)));
        }

        return read with { Code = text.WithChanges(blanks) };
    }

    private CellDirectives With(CellSource cell, TextLine line)
    {
        var words = line.ToString().Trim()[2..].Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var argument = words.Length > 1 ? words[1].Trim('"') : "";
        return words.FirstOrDefault() switch
        {
            { } language when Dialect.IsCSharp(language) => this,
            "time" => this with { IsTimed = true },
            "import" when argument.Length > 0 => this with { Imports = [.. Imports, argument] },
            "import" => this with { Failure = Fail(cell, line, "#!import names no file: write #!import \"helpers.csx\"") },
            var other => this with { Failure = Fail(cell, line, $"the directive #!{other} is not known here: {Known}") },
        };
    }

    // A line that begins with #! within a string, a comment or a region that is switched off is no directive.
    private static bool IsDirective(CompilationUnitSyntax root, SourceText text, TextLine line)
    {
        var start = line.Start;
        while (start < line.End && char.IsWhiteSpace(text[start])) start++;
        return start + 1 < line.End && text[start] == '#' && text[start + 1] == '!' && root.FindTrivia(start) is { IsDirective: true };
    }

    private static CellFailure? PackageFailure(CellSource cell, SourceText text, CompilationUnitSyntax root)
    {
        var package = root.GetReferenceDirectives()
            .FirstOrDefault(r => r.File.ValueText.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase));
        return package is null
            ? null
            : Fail(cell, text.Lines.GetLineFromPosition(package.SpanStart),
                $"#r \"{package.File.ValueText}\" asks for a package, which this version of the host cannot fetch: "
                + "name the assembly's file with #r \"path.dll\"");
    }

    private static CellFailure Fail(CellSource cell, TextLine line, string message)
    {
        var number = line.LineNumber + 1;
        return new("Directive", message, number, 1, [$"{cell.Name}, line {number}: {message}", "  " + line]);
    }
}
