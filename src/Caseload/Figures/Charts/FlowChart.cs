using Caseload.Frames;

namespace Caseload.Figures.Charts;

/// <summary>Children who leave on the way to the next box, and why.</summary>
/// <param name="Reason">The reason, such as <c>no age recorded</c>.</param>
/// <param name="Count">How many; null where suppressed.</param>
public sealed record FlowExclusion(string Reason, int? Count);

/// <summary>A stage on the way from the cohort to the model.</summary>
/// <param name="Label">What the children of this stage are.</param>
/// <param name="Count">How many; null where suppressed.</param>
/// <param name="Excluded">Those who leave after it.</param>
public sealed record FlowBox(string Label, int? Count, IReadOnlyList<FlowExclusion> Excluded);

/// <summary>A flow diagram: who is in the study, who leaves at each stage, and why.</summary>
public static class FlowChart
{
    private const double LineHeight = 16;
    private const double Padding = 10;
    private const double MainLeft = 16;
    private const double MainRight = 356;
    private const double MainMiddle = (MainLeft + MainRight) / 2;
    private const double SideLeft = 404;
    private const double SideRight = 684;
    private const double ShortestArrow = 34;

    /// <summary>Draws the boxes.</summary>
    /// <param name="boxes">The stages in order.</param>
    /// <param name="heading">Name, title, caption and kind of data.</param>
    public static Figure Build(IReadOnlyList<FlowBox> boxes, FigureHeading heading)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        var (shapes, notes) = (new List<Shape>(), new List<Note>());
        var y = 4.0;
        for (var i = 0; i < boxes.Count; i++)
        {
            var bottom = Main(boxes[i], y, shapes, notes);
            if (i == boxes.Count - 1 && boxes[i].Excluded.Count == 0)
            {
                y = bottom;
                break;
            }

            var side = SideText(boxes[i].Excluded);
            var next = bottom + Math.Max(ShortestArrow, side.Count == 0 ? 0 : side.Count * LineHeight + 2 * Padding + 16);
            if (side.Count > 0) Side(side, (bottom + next) / 2, shapes, notes);
            if (i < boxes.Count - 1) shapes.Add(new Arrow(new Place(MainMiddle, bottom), new Place(MainMiddle, next)));
            y = next;
        }

        return new Figure
        {
            Heading = heading,
            AltText = Describe(boxes),
            Table = Table(boxes),
            Plot = new Plot
            {
                Left = 0, Right = 0, AreaHeight = y + 4, X = Axis.Hidden(0, Plot.Width), Y = Axis.Hidden(y + 4, 0), Traces = [],
                Shapes = shapes, Notes = notes,
            },
        };
    }

    private static double Main(FlowBox box, double top, List<Shape> shapes, List<Note> notes)
    {
        var lines = Balanced(box.Label, 13, MainRight - MainLeft - 2 * Padding);
        var height = (lines.Count + 1) * LineHeight + 2 * Padding + 4;
        shapes.Add(new Box(new Place(MainLeft, top), new Place(MainRight, top + height), Palette.Wash) { Colour = Palette.Blue });
        notes.Add(new Note(new Place(MainMiddle, top + Padding + 9), Number(box.Count))
        {
            Anchor = Anchor.Middle, Size = 16, IsBold = true, Colour = Palette.Blue,
        });
        notes.Add(new Note(new Place(MainMiddle, top + Padding + 20 + lines.Count * LineHeight / 2), string.Join('\n', lines))
        {
            Anchor = Anchor.Middle, Size = 13,
        });
        return top + height;
    }

    // As many lines as the room needs, of about equal length.
    private static IReadOnlyList<string> Balanced(string text, double size, double room)
    {
        var lines = TextMeasure.Wrap(text, size, room);
        var even = TextMeasure.Wrap(text, size, Math.Min(room, TextMeasure.Width(text, size) / Math.Max(lines.Count, 1) * 1.15));
        return even.Count == lines.Count ? even : lines;
    }

    private static void Side(List<string> lines, double middle, List<Shape> shapes, List<Note> notes)
    {
        var half = lines.Count * LineHeight / 2 + Padding;
        var (from, to) = (new Place(SideLeft, middle - half), new Place(SideRight, middle + half));
        shapes.Add(new Box(from, to, new Colour(255, 255, 255)) { Colour = Palette.Rule });
        shapes.Add(new Arrow(new Place(MainMiddle, middle), new Place(SideLeft, middle)));
        notes.Add(new Note(new Place(SideLeft + Padding, middle), string.Join('\n', lines)));
    }

    private static List<string> SideText(IReadOnlyList<FlowExclusion> excluded)
    {
        const double room = SideRight - SideLeft - 2 * Padding;
        var lines = excluded.SelectMany(e => TextMeasure.Wrap($"{Number(e.Count)} {e.Reason}", 12, room)).ToList();
        if (excluded.Count < 2) return lines;
        var isKnown = excluded.All(e => e.Count is not null);
        return [isKnown ? $"{NumberText.Count(excluded.Sum(e => (double)e.Count!))} left out:" : "Left out:", .. lines];
    }

    private static string Number(int? count) => count is { } c ? NumberText.Count(c) : "suppressed";

    private static Frame Table(IReadOnlyList<FlowBox> boxes)
    {
        var rows = boxes.SelectMany(b => b.Excluded.Select(e => ("Left out: " + e.Reason, e.Count)).Prepend((b.Label, b.Count))).ToArray();
        return new Frame([Columns.Text("Stage", rows.Select(r => r.Item1)), Columns.Count("Children", rows.Select(r => r.Count))]);
    }

    private static string Describe(IReadOnlyList<FlowBox> boxes) =>
        "Flow diagram of the children in the study: " + string.Join("; then ", boxes.Select(b => $"{Number(b.Count)} {b.Label}")) + ".";
}
