namespace Caseload.Frames;

/// <summary>Writes frames for notebooks: as an HTML table and as text, with at most <see cref="RowLimit"/> rows.</summary>
public sealed class FrameFormatters
{
    /// <summary>The most rows that a notebook shows of a frame.</summary>
    public const int RowLimit = 25;

    private readonly object[] formatters =
    [
        new MimeFormatter<Frame>("text/html", static frame => FrameText.Html(frame, RowLimit)),
        new MimeFormatter<Frame>("text/plain", static frame => FrameText.TypedTable(frame, RowLimit)),
    ];

    /// <summary>The formatters of a frame.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;
}
