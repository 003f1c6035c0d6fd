using System.Globalization;
using System.Text;
using Caseload.Frames;

namespace Caseload.Schemas;

/// <summary>The contract in words: one row or line a column of a table.</summary>
public static class DataDictionary
{
    /// <summary>The columns of a table as a frame: name, type, meaning and what a cell must meet.</summary>
    /// <param name="table">The table.</param>
    public static Frame Columns(TableSchema table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new Frame([
            TextColumn.Of("column", table.Fields.Select(f => f.Name)),
            TextColumn.Of("type", table.Fields.Select(f => f.Type.ToString().ToLowerInvariant())),
            TextColumn.Of("meaning", table.Fields.Select(f => f.Description)),
            TextColumn.Of("rules", table.Fields.Select(Rules)),
        ]);
    }

    /// <summary>The whole contract as a page in Markdown.</summary>
    /// <param name="package">The contract.</param>
    public static string Markdown(DataPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        var page = new StringBuilder("# Data dictionary\n\nMade from the schemas in this folder; a test holds it against them.\n");
        foreach (var table in package.Tables)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {table.Name}: {table.Title}\n\n{table.Description}\n\n");
            page.Append("| column | type | meaning | rules |\n| --- | --- | --- | --- |\n");
            foreach (var field in table.Fields)
            {
                var (type, meaning, rules) = (field.Type.ToString().ToLowerInvariant(), Cell(field.Description), Cell(Rules(field)));
                page.Append(CultureInfo.InvariantCulture, $"| `{field.Name}` | {type} | {meaning} | {rules} |\n");
            }
        }

        page.Append("\n## Code lists\n");
        foreach (var list in package.CodeLists)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {list.Name}\n\n| code | meaning |\n| --- | --- |\n");
            foreach (var (code, label) in list.Codes) page.Append(CultureInfo.InvariantCulture, $"| `{code}` | {Cell(label)} |\n");
        }

        return page.ToString();
    }

    private static string Rules(Field field)
    {
        var c = field.Constraints;
        var rules = new List<string>();
        if (field.Optional) rules.Add("the column may be absent");
        if (c.Required) rules.Add("required");
        if (c.Unique) rules.Add("unique");
        if (field.CodeList is { } list) rules.Add(field.Separator is { } mark ? $"codes of {list}, joined by {mark}" : $"code of {list}");
        else if (c.Codes is { } codes) rules.Add("one of " + string.Join(", ", codes));
        if (c.Minimum is { } least) rules.Add(string.Create(CultureInfo.InvariantCulture, $"at least {least}"));
        if (c.Maximum is { } most) rules.Add(string.Create(CultureInfo.InvariantCulture, $"at most {most}"));
        if (c.MinimumDate is { } first) rules.Add(FormattableString.Invariant($"from {first:yyyy-MM-dd}"));
        if (c.MaximumDate is { } last) rules.Add(FormattableString.Invariant($"up to {last:yyyy-MM-dd}"));
        if (c.Pattern is { } pattern) rules.Add("of the form " + pattern.ToString()[4..^2]);
        if (field.Identifying) rules.Add("identifying: never shown");
        return string.Join("; ", rules);
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
