using System.Globalization;
using System.Text.RegularExpressions;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Schemas;

namespace Caseload.Areas;

/// <summary>Reads the rows of a published file.</summary>
internal sealed partial class PublishedFileReader
{
    private readonly CsvRows rows;
    private readonly PublishedLayout layout;
    private readonly MeasureColumn[] measures;
    private readonly int[] measureAt;
    private readonly List<CellFinding> findings = [];
    private readonly Dictionary<(string Code, int Year), long> lines = [];

    private PublishedFileReader(CsvRows rows, PublishedLayout layout, PublishedRole role)
    {
        (this.rows, this.layout) = (rows, layout);
        measures = [.. layout.For(role).Where(m => At(m.Column) >= 0)];
        measureAt = [.. measures.Select(m => At(m.Column))];
    }

    internal static PublishedFile Read(string path, PublishedRole role)
    {
        using var rows = CsvRows.Open(path);
        var layout = PublishedLayouts.Find(rows.Header, role) ?? throw WrongLayout(rows, role);
        var reader = new PublishedFileReader(rows, layout, role);
        var authorities = new List<PublishedRow>();
        var others = new SortedDictionary<string, int>(StringComparer.Ordinal);
        while (rows.Read())
        {
            if (rows.CellCount != rows.Header.Count)
                throw InputFile.Unreadable($"a row of {rows.CellCount} cells", $"{rows.Header.Count} cells, as in the header",
                    $"{rows.Source}, line {rows.Line}",
                    "Look for an unquoted comma or a line that was cut short; download the file again.");
            var level = reader.Cell(layout.Place.Level);
            if (level != layout.Place.AuthorityLevel) others[level] = others.GetValueOrDefault(level) + 1;
            else if (reader.Authority() is { } row) authorities.Add(row);
        }

        if (authorities.Count == 0)
            throw InputFile.Unreadable(
                reader.findings.Count == 0 ? "no row of a local authority" : $"no row that can be used; {reader.findings[0]}",
                $"rows whose {layout.Place.Level} is \"{layout.Place.AuthorityLevel}\"", rows.Source, "Download the whole file.");
        return new PublishedFile(rows.Source, role, layout, authorities)
        {
            OtherLevels = others,
            Encoding = rows.Encoding,
            Findings = reader.findings,
            Absent = [.. layout.For(role).Except(reader.measures).Select(m => m.Measure)],
        };
    }

    private PublishedRow? Authority()
    {
        var code = Cell(layout.Place.Code);
        var codes = AuthorityCodes.Split(code);
        if (codes is null) Tell(layout.Place.Code, code, "three digits, or codes of three digits divided by slashes");
        var year = layout.Year ?? Year();
        var cells = new Dictionary<AreaMeasure, PublishedCell>();
        for (var i = 0; i < measures.Length; i++)
            cells.Add(measures[i].Measure, Figure(measures[i].Column, rows[measureAt[i]].Trim()));
        if (codes is null || year is null) return null;
        // Of two rows for one authority nobody knows which is right: the first stands, the other is told.
        if (codes.FirstOrDefault(one => lines.ContainsKey((one, year.Value))) is { } twice)
        {
            Tell(layout.Place.Code, code, $"an authority once a year; {twice} stands on line {lines[(twice, year.Value)]} for {year}");
            return null;
        }

        foreach (var one in codes) lines.Add((one, year.Value), rows.Line);
        return new PublishedRow(codes, Cell(layout.Place.Name), year.Value, cells)
        {
            OnsCode = Optional(layout.Place.OnsCode),
            Region = Optional(layout.Place.Region),
        };
    }

    private int? Year()
    {
        var cell = Cell(layout.YearColumn!);
        if (FourDigits().IsMatch(cell)) return int.Parse(cell, CultureInfo.InvariantCulture);
        Tell(layout.YearColumn!, cell, "a year of four digits");
        return null;
    }

    private PublishedCell Figure(string column, string cell)
    {
        if (NumberCell().IsMatch(cell))
            return new PublishedCell(double.Parse(cell, NumberStyles.Number, CultureInfo.InvariantCulture), null);
        if (layout.Marks.FirstOrDefault(m => m.Text == cell) is { } mark) return new PublishedCell(null, mark);
        Tell(column, cell, $"a number that is not negative, or one of the marks {Marks(layout)}");
        return new PublishedCell(null, new CellMark(cell, GapReason.NotReadable, "neither a number nor a known mark"));
    }

    // What was found may be told: authorities are not children.
    private void Tell(string column, string found, string expected) =>
        findings.Add(new CellFinding(rows.Source, rows.Line, column, Quoted(found), expected));

    internal static string Quoted(string cell) => cell.Length == 0 ? "nothing" : $"\"{cell}\"";

    private string? Optional(string? column) => column is not null && At(column) >= 0 && Cell(column) is { Length: > 0 } cell ? cell : null;

    private string Cell(string column) => rows[At(column)].Trim();

    private int At(string column)
    {
        for (var i = 0; i < rows.Header.Count; i++)
        {
            if (rows.Header[i] == column) return i;
        }

        return -1;
    }

    private static string Marks(PublishedLayout layout) => string.Join(' ', layout.Marks.Select(m => m.Text).Where(t => t.Length > 0));

    private static ProblemException WrongLayout(CsvRows rows, PublishedRole role)
    {
        var (found, remedy) = PublishedLayouts.Find(rows.Header) is { } other
            ? ($"the layout of {other.Name}, which has no figures for --{role.Option()}",
                $"Give this file as {string.Join(" or ", other.Roles.Select(r => "--" + r.Option()))}, and another one here.")
            : AreaColumns.Required.All(rows.Header.Contains)
                ? ("an area table, which this command writes and does not read",
                    "Give the published file here; other commands take the area table as --areas.")
                : ($"a layout that is not known; its header begins {string.Join(", ", rows.Header.Take(5))}",
                    "Download the file again from the department's pages of statistics, without changing its header.");
        var known = PublishedLayouts.All.Where(l => l.Roles.Contains(role))
            .Select(l => $"{l.Name} (columns {string.Join(", ", l.Needed(role))})");
        return InputFile.Unreadable(found, string.Join("; or ", known), $"{rows.Source}, line 1, given as --{role.Option()}", remedy);
    }

    [GeneratedRegex(@"^(19|20)[0-9]{2}\z")]
    private static partial Regex FourDigits();

    [GeneratedRegex(@"^([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?\z")]
    private static partial Regex NumberCell();
}
