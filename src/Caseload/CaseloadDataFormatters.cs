using Caseload.Figures;
using Caseload.Frames;

namespace Caseload;

/// <summary>Writes what a reader of a notebook must know first of its data.</summary>
public sealed class CaseloadDataFormatters
{
    private readonly object[] formatters =
    [
        new MimeFormatter<CaseloadData>("text/html", static data => $"<p><strong>{Markup.Escape(data.Banner)}</strong></p>"),
        new MimeFormatter<CaseloadData>("text/plain", static data => data.Banner),
    ];

    /// <summary>The formatters of a notebook's data.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;
}
