using System.Globalization;

namespace Caseload.Figures;

/// <summary>A colour of the screen.</summary>
/// <param name="R">Red.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
public readonly record struct Colour(byte R, byte G, byte B)
{
    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public string Hex => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    /// <summary>The colour with an opacity, as CSS writes it.</summary>
    /// <param name="opacity">From 0 to 1.</param>
    public string Rgba(double opacity) => string.Create(CultureInfo.InvariantCulture, $"rgba({R},{G},{B},{opacity:0.##})");

    /// <summary>The contrast ratio with white, from 1 to 21, as WCAG 2 defines it; text needs 4.5.</summary>
    public double ContrastWithWhite => 1.05 / (0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B) + 0.05);

    private static double Linear(byte channel)
    {
        var c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}

/// <summary>
/// The colours of every chart. The hues are those of Okabe and Ito (2008), which people with colour-blindness tell apart, darkened until
/// each can carry text on white; a second mark (dash, symbol, label) always says the same as the colour.
/// </summary>
public static class Palette
{
    /// <summary>Text.</summary>
    public static Colour Ink { get; } = new(0x1d, 0x24, 0x2b);

    /// <summary>Text of less weight.</summary>
    public static Colour Muted { get; } = new(0x55, 0x5f, 0x69);

    /// <summary>Axis lines.</summary>
    public static Colour Rule { get; } = new(0x8a, 0x94, 0x9e);

    /// <summary>Grid lines.</summary>
    public static Colour Grid { get; } = new(0xe3, 0xe7, 0xeb);

    /// <summary>The ground of boxes.</summary>
    public static Colour Wash { get; } = new(0xf4, 0xf6, 0xf8);

    /// <summary>The warning that data are simulated.</summary>
    public static Colour Warning { get; } = new(0x8a, 0x4b, 0x00);

    /// <summary>The first series.</summary>
    public static Colour Blue { get; } = new(0x0b, 0x55, 0x94);

    /// <summary>Bars, light enough for the dark line of an interval to stand out on them.</summary>
    public static Colour Bar { get; } = new(0x7f, 0xa8, 0xcf);

    /// <summary>The second series.</summary>
    public static Colour Orange { get; } = new(0xb4, 0x47, 0x0a);

    /// <summary>The third series.</summary>
    public static Colour Green { get; } = new(0x00, 0x75, 0x5e);

    /// <summary>The fourth series.</summary>
    public static Colour Purple { get; } = new(0x7b, 0x3f, 0x8c);

    /// <summary>The colours of a few series in order.</summary>
    public static IReadOnlyList<Colour> Series { get; } = [Blue, Orange, Green, Purple, Muted];

    /// <summary>The colours of a few values in rank order, from cool to warm, each darker or lighter than its neighbour.</summary>
    public static IReadOnlyList<Colour> Ordered { get; } =
        [new(0x0a, 0x3d, 0x6b), new(0x2a, 0x78, 0xa8), Purple, Orange, new(0x7a, 0x1f, 0x10)];
}
