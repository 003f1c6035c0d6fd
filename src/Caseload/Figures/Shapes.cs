namespace Caseload.Figures;

/// <summary>A place in the drawing, in data units or in pixels as its user says.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">In data units from the bottom, in pixels from the top.</param>
public readonly record struct Place(double X, double Y);

/// <summary>Something behind the traces.</summary>
public abstract record Shape
{
    /// <summary>The colour of the line.</summary>
    public Colour Colour { get; init; } = Palette.Muted;
}

/// <summary>A straight line over the whole area at one value.</summary>
/// <param name="Direction">A horizontal line lies at a value of the vertical axis, and the reverse.</param>
/// <param name="Value">The value.</param>
/// <param name="Dash">The pattern.</param>
public sealed record ReferenceLine(Direction Direction, double Value, Dash Dash) : Shape;

/// <summary>A box between two corners.</summary>
/// <param name="From">A corner, in data units.</param>
/// <param name="To">The opposite corner.</param>
/// <param name="Fill">The ground.</param>
public sealed record Box(Place From, Place To, Colour Fill) : Shape;

/// <summary>A straight arrow.</summary>
/// <param name="From">Its start, in data units.</param>
/// <param name="To">Its head.</param>
public sealed record Arrow(Place From, Place To) : Shape;

/// <summary>Which part of a note lies at its place.</summary>
public enum Anchor
{
    /// <summary>The left end.</summary>
    Start,

    /// <summary>The middle.</summary>
    Middle,

    /// <summary>The right end.</summary>
    End,
}

/// <summary>Words in the drawing, centred on a height.</summary>
/// <param name="At">The place in data units; see <see cref="XOfArea"/>.</param>
/// <param name="Text">The words; a line feed begins a new line.</param>
public sealed record Note(Place At, string Text)
{
    /// <summary>Whether the place across is a fraction of the area, 0 left and 1 right, rather than a value.</summary>
    public bool XOfArea { get; init; }

    /// <summary>Pixels to the right of the place.</summary>
    public double ShiftX { get; init; }

    /// <summary>Pixels below the place.</summary>
    public double ShiftY { get; init; }

    /// <summary>Which part of the words lies at the place.</summary>
    public Anchor Anchor { get; init; } = Anchor.Start;

    /// <summary>The size of the letters in pixels.</summary>
    public double Size { get; init; } = 12;

    /// <summary>The colour.</summary>
    public Colour Colour { get; init; } = Palette.Ink;

    /// <summary>Whether the letters are bold.</summary>
    public bool IsBold { get; init; }
}
