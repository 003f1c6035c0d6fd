using System.Globalization;
using System.Text.RegularExpressions;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Areas;

/// <summary>Reads the rows of a published file.</summary>
internal sealed partial class PublishedFileReader
{
    private readonly CsvRows rows;
    private readonly PublishedLayout layout;
    private readonly MeasureColumn[] measures;
    private readonly int[] measureAt;
    private readonly CellProblems problems;
    private readonly Dictionary<(string Code, int Year), long> lines = [];

    private PublishedFileReader(CsvRows rows, PublishedLayout layout, PublishedRole role)
    {
        (this.rows, this.layout) = (rows, layout);
        measures = [.. layout.For(role).Where(m => At(m.Column) >= 0)];
        measureAt = [.. measures.Select(m => At(m.Column))];
        problems = new CellProblems(rows.Source);
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

        reader.problems.ThrowIfAny($"the layout of {layout.Name}, with numbers or the marks {Marks(layout)}",
            "Download the file again, or correct these cells; docs/areas.md lists the marks and what they mean.");
        if (authorities.Count == 0)
            throw InputFile.Unreadable("no row of a local authority",
                $"rows whose {layout.Place.Level} is \"{layout.Place.AuthorityLevel}\"", rows.Source, "Download the whole file.");
        return new PublishedFile(rows.Source, role, layout, authorities)
        {
            OtherLevels = others,
            Encoding = rows.Encoding,
            Absent = [.. layout.For(role).Except(reader.measures).Select(m => m.Measure)],
        };
    }

    private PublishedRow? Authority()
    {
        var place = $"line {rows.Line}";
        var code = Cell(layout.Place.Code);
        var codes = AuthorityCodes.Split(code);
        if (codes is null) problems.Add(place, layout.Place.Code, code, "three digits, or codes of three digits divided by slashes");
        var year = layout.Year ?? Year(place);
        var cells = new Dictionary<AreaMeasure, PublishedCell>();
        for (var i = 0; i < measures.Length; i++)
            cells.Add(measures[i].Measure, Figure(place, measures[i].Column, rows[measureAt[i]].Trim()));
        if (codes is null || year is null) return null;
        foreach (var one in codes)
        {
            if (!lines.TryAdd((one, year.Value), rows.Line))
                problems.Add(place, layout.Place.Code, code,
                    $"an authority once a year; {one} stands on line {lines[(one, year.Value)]} for {year}");
        }

        return new PublishedRow(codes, Cell(layout.Place.Name), year.Value, cells)
        {
            OnsCode = Optional(layout.Place.OnsCode),
            Region = Optional(layout.Place.Region),
        };
    }

    private int? Year(string place)
    {
        var cell = Cell(layout.YearColumn!);
        if (FourDigits().IsMatch(cell)) return int.Parse(cell, CultureInfo.InvariantCulture);
        problems.Add(place, layout.YearColumn!, cell, "a year of four digits");
        return null;
    }

    private PublishedCell Figure(string place, string column, string cell)
    {
        if (NumberCell().IsMatch(cell))
            return new PublishedCell(double.Parse(cell, NumberStyles.Number, CultureInfo.InvariantCulture), null);
        var mark = layout.Marks.FirstOrDefault(m => m.Text == cell);
        if (mark is null) problems.Add(place, column, cell, "a number that is not negative, or a known mark");
        return new PublishedCell(null, mark);
    }

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
