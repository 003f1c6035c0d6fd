using System.Text;

namespace Caseload.Figures;

/// <summary>
/// How wide words are in Arial and Helvetica, without a browser to ask: enough to leave room for labels. Widths err on the wide side.
/// </summary>
public static class TextMeasure
{
    // Advance widths of the printable ASCII characters from space on, in thousandths of the size, from the Adobe metrics of Helvetica.
    private static readonly int[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private const double Margin = 1.04;
    private const double BoldFactor = 1.07;
    private const int OtherLatin = 600;
    private const int Wide = 1000;

    /// <summary>The width of one line of words in pixels.</summary>
    /// <param name="text">The words.</param>
    /// <param name="size">The size of the letters in pixels.</param>
    /// <param name="bold">Whether they are bold.</param>
    public static double Width(string text, double size, bool bold = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var thousandths = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            thousandths += rune.Value is >= 32 and < 127 ? Widths[rune.Value - 32] : rune.Value < 0x2e80 ? OtherLatin : Wide;
        }

        return thousandths / 1000.0 * size * Margin * (bold ? BoldFactor : 1);
    }

    /// <summary>Words broken into lines between words; a word that is too long for a line is cut with an ellipsis.</summary>
    /// <param name="text">The words.</param>
    /// <param name="size">The size of the letters in pixels.</param>
    /// <param name="width">The room in pixels.</param>
    /// <param name="bold">Whether they are bold.</param>
    public static IReadOnlyList<string> Wrap(string text, double size, double width, bool bold = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => Fit(w, size, width, bold)))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Width(longer, size, bold) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        if (line.Length > 0) lines.Add(line);
        return lines;
    }

    /// <summary>Words cut with an ellipsis where they are wider than the room.</summary>
    /// <param name="text">The words.</param>
    /// <param name="size">The size of the letters in pixels.</param>
    /// <param name="width">The room in pixels.</param>
    /// <param name="bold">Whether they are bold.</param>
    public static string Fit(string text, double size, double width, bool bold = false)
    {
        if (Width(text, size, bold) <= width) return text;
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Width(kept.ToString() + rune + "…", size, bold) > width) break;
            kept.Append(rune);
        }

        return kept.ToString().TrimEnd() + "…";
    }
}
