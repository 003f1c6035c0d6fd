using Caseload.Browsers;
using Caseload.Frames;

namespace Caseload.Figures.Png;

/// <summary>Takes a picture of a figure in pixels, for programs that draw no SVG.</summary>
public static class PngFigure
{
    // What lies around the drawing would become part of the picture.
    private const string Before = "<!doctype html><html><head><style>html,body{margin:0;background:#fff}svg{display:block}</style></head><body>";

    /// <summary>The size of a figure's picture in CSS pixels: that of its SVG.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="scale">How many pixels of the picture stand for one of the SVG, in each direction.</param>
    public static PageSize SizeOf(Figure figure, double scale) =>
        new((int)Plot.Width, (int)FigureLayout.Of(figure).Height, scale);

    /// <summary>Draws a figure in a browser's page.</summary>
    /// <param name="page">The page; what it shows is replaced.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="scale">How many pixels of the picture stand for one of the SVG, in each direction.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ProblemException">Unreadable: the browser does not draw it.</exception>
    public static async Task<byte[]> DrawAsync(BrowserPage page, Figure figure, double scale)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(figure);
        await page.SizeAsync(SizeOf(figure, scale)).ConfigureAwait(false);
        await page.ShowAsync(Before + figure.ToSvg() + "</body></html>").ConfigureAwait(false);
        return await page.CaptureAsync().ConfigureAwait(false);
    }
}
