using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Session;

/// <summary>The lines of a cell that speak to the host and not to the compiler: <c>#!csharp</c>, <c>#!time</c>, <c>#!import</c>, and
/// those that ask for packages.</summary>
/// <param name="Code">The cell's text with those lines blanked out, so that positions stay.</param>
/// <param name="IsTimed">Whether the time that the cell takes is shown.</param>
/// <param name="Imports">The files to run first, in order.</param>
/// <param name="Failure">What is wrong with a directive; null where nothing is.</param>
internal sealed record CellDirectives(SourceText Code, bool IsTimed, IReadOnlyList<string> Imports, CellFailure? Failure)
{
    /// <summary>The packages that the cell asks for.</summary>
    public PackageDirectives Packages { get; private init; } = PackageDirectives.None;

    private const string Known = "this host runs C# and knows #!csharp, #!time and #!import";

    /// <summary>Reads the directives of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="options">How the cell is parsed.</param>
    public static CellDirectives Read(CellSource cell, CSharpParseOptions options)
    {
        var text = SourceText.From(cell.Code, System.Text.Encoding.UTF8);
        var root = CSharpSyntaxTree.ParseText(text, options).GetCompilationUnitRoot();
        var packages = PackageDirectives.Read(text, root);
        var read = new CellDirectives(text, false, [], packages.Wrong is var (at, wrong) ? Fail(cell, at, wrong) : null)
        {
            Packages = packages,
        };
        if (read.Failure is not null) return read;
        var blanks = packages.Lines.Select(Blank).ToList();
        var own = cell.Code.Contains("#!", StringComparison.Ordinal) ? text.Lines.AsEnumerable() : [];
        foreach (var line in own.Where(line => IsDirective(root, text, line)))
        {
            read = read.With(cell, line);
            if (read.Failure is not null) return read;
            blanks.Add(Blank(line));
        }

        return read with { Code = text.WithChanges(blanks.OrderBy(b => b.Span.Start)) };
    }

    /// <summary>The failure of the packages that the cell asks for.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="message">What went wrong.</param>
    public CellFailure PackageFailure(CellSource cell, string message) => Fail(cell, Packages.Lines[0], message);

    private static TextChange Blank(TextLine line) => new(line.Span, new string(' ', line.Span.Length));

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

    private static CellFailure Fail(CellSource cell, TextLine line, string message)
    {
        var number = line.LineNumber + 1;
        return new("Directive", message, number, 1, [$"{cell.Name}, line {number}: {message}", "  " + line]);
    }
}
