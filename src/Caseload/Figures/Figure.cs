using Caseload.Figures.Plotly;
using Caseload.Figures.Svg;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Figures;

/// <summary>
/// A chart with all that a reader needs of it: the drawing, its words and the table behind it. One record gives the interactive chart, the
/// static picture and the sentence, so the three never differ. It reads aggregate values and computes no statistic.
/// </summary>
[TypeFormatterSource(typeof(FigureFormatters), PreferredMimeTypes = [FigureFormatters.Plotly, FigureFormatters.Svg, FigureFormatters.Text])]
public sealed record Figure
{
    /// <summary>Name, title, caption and kind of data.</summary>
    public required FigureHeading Heading { get; init; }

    /// <summary>What the chart shows, in one sentence for a reader who cannot see it; without the words on simulated data.</summary>
    public required string AltText { get; init; }

    /// <summary>The values drawn, one row a mark.</summary>
    public required Frame Table { get; init; }

    /// <summary>The drawing.</summary>
    public required Plot Plot { get; init; }

    /// <summary>Whether the data are simulated.</summary>
    public bool IsSimulated => Heading.IsSimulated;

    /// <summary>The sentence for a reader who cannot see the chart; on simulated data it begins by saying so.</summary>
    public string ToText() => IsSimulated ? $"{FigureHeading.SimulatedLabel}: {AltText}" : AltText;

    /// <summary>The figure as <c>application/vnd.plotly.v1+json</c>, valid for plotly.js 3 and later: <c>data</c>, <c>layout</c>,
    /// <c>config</c>.</summary>
    public string ToPlotlyJson() => PlotlyFigure.Write(this);

    /// <summary>The figure as a standalone <c>image/svg+xml</c> that needs no script and no font of its own.</summary>
    /// <param name="idPrefix">Begins the ids in the drawing, so that two drawings in a page differ; the figure's name where null.</param>
    public string ToSvg(string? idPrefix = null) => SvgFigure.Write(this, idPrefix ?? Heading.Name);

    /// <summary>Writes the static picture.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <exception cref="ProblemException">The file cannot be written.</exception>
    public void SaveSvg(string path) => OutputFile.WriteText(path, writer => writer.Write(ToSvg()));

    /// <inheritdoc/>
    public override string ToString() => ToText();
}
