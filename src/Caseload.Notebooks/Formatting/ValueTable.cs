using System.Collections;
using System.Globalization;
using System.Text;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Formatting;

/// <summary>A short table of values, for what has no formatter of its own.</summary>
/// <param name="Columns">The column names.</param>
/// <param name="Rows">The texts, as many a row as there are columns.</param>
/// <param name="Note">How many rows there are, and how many of them are shown.</param>
internal sealed record ValueTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Note)
{
    /// <summary>The most rows shown.</summary>
    public const int RowLimit = 20;

    /// <summary>The table of a collection. At most one element more than is shown is drawn from it, so it may be endless.</summary>
    /// <param name="values">The collection.</param>
    public static ValueTable OfMany(IEnumerable values)
    {
        var known = (values as ICollection)?.Count;
        var parts = new List<IReadOnlyList<(string Name, string Text)>>();
        var more = false;
        foreach (var value in values)
        {
            more = parts.Count == RowLimit;
            if (more) break;
            parts.Add(ValueRow.Of(value));
        }

        var columns = parts.SelectMany(p => p.Select(part => part.Name)).Distinct(StringComparer.Ordinal).ToArray();
        var rows = parts.Select(p => (IReadOnlyList<string>)
            [.. columns.Select(c => p.FirstOrDefault(part => part.Name == c).Text ?? "")]);
        return new(columns, [.. rows], Counted(parts.Count, known, more));
    }

    /// <summary>The table of one object: a row a property.</summary>
    /// <param name="value">The object.</param>
    public static ValueTable OfOne(object value) => new(
        ["property", "value"],
        [.. ValueRow.Of(value).Select(part => (IReadOnlyList<string>)[part.Name, part.Text])],
        value.GetType().Name);

    /// <summary>The table as HTML.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<table><caption>").Append(HtmlEscape.Of(Note)).Append("</caption>");
        html.Append("<thead><tr>");
        foreach (var column in Columns) html.Append("<th scope=\"col\">").Append(HtmlEscape.Of(column)).Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in Rows)
        {
            html.Append("<tr>");
            foreach (var text in row) html.Append("<td>").Append(HtmlEscape.Of(text)).Append("</td>");
            html.Append("</tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>The table as text, its columns padded to the same width.</summary>
    public string ToText()
    {
        var widths = Columns.Select((c, i) => Rows.Select(r => r[i].Length).Append(c.Length).Max()).ToArray();
        var lines = Rows.Prepend(Columns).Select(r => string.Join("  ", r.Select((text, i) => text.PadRight(widths[i]))).TrimEnd());
        return string.Join('\n', lines.Append($"({Note})"));
    }

    private static string Counted(int shown, int? known, bool more)
    {
        string Number(int n) => n.ToString("N0", CultureInfo.InvariantCulture) + (n == 1 ? " row" : " rows");
        if (!more) return Number(shown);
        return known is { } count
            ? $"{Number(count)}, the first {RowLimit} shown" : $"more than {Number(RowLimit)}, the first {RowLimit} shown";
    }
}
