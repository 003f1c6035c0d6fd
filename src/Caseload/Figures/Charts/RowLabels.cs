namespace Caseload.Figures.Charts;

/// <summary>A row of a chart that reads like a table: its section, its name on the left, its values on the right.</summary>
internal readonly record struct LabelledRow(string Section, string Name, string Value);

/// <summary>
/// The words of a chart that reads like a table. Rows of one section stand under its heading, indented; the margins are as wide as the
/// words need.
/// </summary>
internal sealed record RowLabels
{
    public const double RowHeight = 22;
    private const double HeadRows = 0.9;
    private const double Size = 12;
    private const double Indent = 12;
    private const double WidestName = 230;

    /// <summary>The place of each row, counted from the top; headings take places too.</summary>
    public required IReadOnlyList<double> Positions { get; init; }

    public required IReadOnlyList<Note> Notes { get; init; }

    public required Axis Axis { get; init; }

    public required double AreaHeight { get; init; }

    public required double Left { get; init; }

    public required double Right { get; init; }

    public static RowLabels Of(IReadOnlyList<LabelledRow> rows, string valueHeading)
    {
        var names = rows.Select(row => TextMeasure.Fit(row.Name, Size, WidestName)).ToArray();
        var indent = rows.Any(row => row.Section.Length > 0) ? Indent : 0;
        var sections = rows.Select(row => row.Section).Where(s => s.Length > 0);
        var widestLeft = names.Select(n => TextMeasure.Width(n, Size) + indent)
            .Concat(sections.Select(s => TextMeasure.Width(s, Size, bold: true)));
        var widestRight = rows.Select(row => TextMeasure.Width(row.Value, Size)).Append(TextMeasure.Width(valueHeading, Size));
        var left = FigureLayout.Edge + widestLeft.DefaultIfEmpty(0).Max() + 14;
        var right = FigureLayout.Edge + widestRight.Max() + 14;

        var notes = new List<Note> { Beside(-0.5 - HeadRows / 2, valueHeading, right) with { Colour = Palette.Muted } };
        var positions = new List<double>();
        var (next, section) = (0, "");
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Section != section && rows[i].Section.Length > 0)
                notes.Add(new Note(new Place(0, next++), rows[i].Section) { XOfArea = true, ShiftX = FigureLayout.Edge - left, Size = Size,
                    IsBold = true });
            section = rows[i].Section;
            notes.Add(new Note(new Place(0, next), names[i]) { XOfArea = true, ShiftX = FigureLayout.Edge - left + indent, Size = Size });
            notes.Add(Beside(next, rows[i].Value, right));
            positions.Add(next++);
        }

        return new RowLabels
        {
            Positions = positions, Notes = notes, Axis = Axis.Rows(next, HeadRows), AreaHeight = RowHeight * (Math.Max(next, 1) + HeadRows),
            Left = left, Right = right,
        };
    }

    private static Note Beside(double row, string text, double right) =>
        new(new Place(1, row), text) { XOfArea = true, ShiftX = right - FigureLayout.Edge, Anchor = Anchor.End, Size = Size };
}
