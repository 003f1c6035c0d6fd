using Caseload.Frames;

namespace Caseload.Figures;

/// <summary>Writes figures for notebooks: as an interactive chart, as a static picture and as a sentence, all three at once.</summary>
public sealed class FigureFormatters
{
    /// <summary>The MIME type of an interactive chart.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>The MIME type of a static picture, for hosts that run no scripts.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>The MIME type of the sentence.</summary>
    public const string Text = "text/plain";

    private readonly object[] formatters =
    [
        new MimeFormatter<Figure>(Plotly, static figure => figure.ToPlotlyJson()),
        new MimeFormatter<Figure>(Svg, static figure => figure.ToSvg()),
        new MimeFormatter<Figure>(Text, static figure => figure.ToText()),
    ];

    /// <summary>The formatters of a figure.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;
}
