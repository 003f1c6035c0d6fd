using System.Globalization;
using System.Xml;
using Caseload.Browsers;
using Caseload.Frames;

namespace Caseload.Figures.Png;

/// <summary>Takes a picture of a figure in pixels, for programs that draw no SVG.</summary>
public static class PngFigure
{
    // What lies around the drawing would become part of the picture.
    private const string Before =
        "<!doctype html><html><head><style>html,body{margin:0;background:#fff}svg{display:block}</style></head><body>";

    /// <summary>Draws a figure in a browser's page.</summary>
    /// <param name="page">The page; what it shows is replaced.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="scale">How many pixels of the picture stand for one of the figure, in each direction.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ProblemException">Unreadable: the browser does not draw it.</exception>
    public static Task<byte[]> DrawAsync(BrowserPage page, Figure figure, double scale)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return DrawAsync(page, figure.ToSvg(), scale);
    }

    /// <summary>Draws the SVG of a figure in a browser's page.</summary>
    /// <param name="page">The page; what it shows is replaced.</param>
    /// <param name="svg">The drawing, as <see cref="Figure.ToSvg"/> gives it.</param>
    /// <param name="scale">How many pixels of the picture stand for one of the drawing, in each direction.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ProblemException">Unreadable: the text is no drawing with a size, or the browser does not draw it.</exception>
    public static async Task<byte[]> DrawAsync(BrowserPage page, string svg, double scale)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(svg);
        await page.SizeAsync(SizeOf(svg) with { Scale = scale }).ConfigureAwait(false);
        await page.ShowAsync(Before + svg + "</body></html>").ConfigureAwait(false);
        return await page.CaptureAsync().ConfigureAwait(false);
    }

    /// <summary>The size that a drawing gives itself.</summary>
    /// <param name="svg">The drawing.</param>
    /// <exception cref="ProblemException">Unreadable: the text is no drawing with a size.</exception>
    public static PageSize SizeOf(string svg)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(svg), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            reader.MoveToContent();
            return new PageSize(Pixels(reader, "width"), Pixels(reader, "height"), 1);
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            throw new ProblemException(new Problem(ProblemKind.Unreadable, "a figure that is no drawing with a width and a height",
                "an SVG that the kit wrote", "", "Run caseload reproduce again."), e);
        }
    }

    private static int Pixels(XmlReader reader, string name) =>
        (int)Math.Ceiling(double.Parse(reader.GetAttribute(name) ?? "", NumberStyles.Float, CultureInfo.InvariantCulture));
}
