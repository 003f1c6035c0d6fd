using System.Text;
using Caseload.Figures;
using Caseload.Frames;

namespace Caseload.Reports;

/// <summary>A part of a section.</summary>
public abstract record Block;

/// <summary>
/// Text in Markdown: paragraphs, lists, tables, links, headings from the third level on. HTML in it is shown as it is written, never
/// run; a link leads to http, https, mailto or a place in the page; a picture gives its words.
/// </summary>
/// <param name="Markdown">The text.</param>
public sealed record Prose(string Markdown) : Block
{
    /// <summary>Text from data as Markdown that shows exactly that text.</summary>
    /// <param name="text">Any text.</param>
    public static string Literal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var literal = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c))) literal.Append('\\');
            literal.Append(c is '\n' or '\r' ? ' ' : c);
        }

        return literal.ToString();
    }
}

/// <summary>A few numbers that the page leads with.</summary>
/// <param name="Items">The numbers.</param>
public sealed record KeyFigures(IReadOnlyList<KeyFigure> Items) : Block;

/// <summary>A number set large.</summary>
/// <param name="Value">The number as it is to be read, such as <c>498,867</c>.</param>
/// <param name="Label">What it counts or measures.</param>
/// <param name="Note">What to compare it with; empty for nothing.</param>
public sealed record KeyFigure(string Value, string Label, string Note = "");

/// <summary>Terms with their descriptions.</summary>
/// <param name="Items">The terms in order.</param>
public sealed record DefinitionList(IReadOnlyList<Definition> Items) : Block;

/// <summary>A figure: the static picture, the interactive chart where scripts run, the caption and the table behind it.</summary>
/// <param name="Figure">The figure.</param>
public sealed record FigureBlock(Figure Figure) : Block
{
    /// <summary>How columns of the table behind the figure are written; the others are written by their type.</summary>
    public IReadOnlyList<TableColumn> Columns { get; init; } = [];
}

/// <summary>A table of all rows of a frame. In a notebook it is shown with its caption and notes.</summary>
/// <param name="Frame">The frame; the first column names the rows.</param>
/// <param name="Caption">What the table shows. It is numbered by the page.</param>
[TypeFormatterSource(typeof(TableBlockFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record TableBlock(Frame Frame, string Caption) : Block
{
    /// <summary>How columns are written; the others are written by their type.</summary>
    public IReadOnlyList<TableColumn> Columns { get; init; } = [];

    /// <summary>Notes under the table.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether this table's data are simulated; null where they are what the report's are.</summary>
    public DataKind? DataKind { get; init; }
}

/// <summary>What a status means for its reader.</summary>
public enum Tone
{
    /// <summary>Neither good nor bad.</summary>
    Neutral,

    /// <summary>As hoped.</summary>
    Good,

    /// <summary>To be looked at.</summary>
    Caution,

    /// <summary>Not as it should be.</summary>
    Bad,
}

/// <summary>How a column of a table is written.</summary>
/// <param name="Name">The column of the frame.</param>
public sealed record TableColumn(string Name)
{
    /// <summary>The heading; the column's name where null.</summary>
    public string? Heading { get; init; }

    /// <summary>How numbers are written; by the column's type where null.</summary>
    public NumberFormat? Format { get; init; }

    /// <summary>Whether cells of text are set to the right, as numbers are: for values that were written out before.</summary>
    public bool IsNumeric { get; init; }

    /// <summary>Whether the column's values are set as headings over the rows that share them, and not as a column.</summary>
    public bool IsSection { get; init; }

    /// <summary>The values that are set as status marks, and what each means.</summary>
    public IReadOnlyDictionary<string, Tone> Statuses { get; init; } = new Dictionary<string, Tone>();
}
