using Caseload.Figures;

namespace Caseload;

/// <summary>Writes what a reader of a notebook must know first of its data.</summary>
public sealed class CaseloadDataFormatters
{
    private readonly CaseloadDataFormatter[] formatters =
    [
        new("text/html", static data => $"<p><strong>{Markup.Escape(data.Banner)}</strong></p>"),
        new("text/plain", static data => data.Banner),
    ];

    /// <summary>The formatters of a notebook's data.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;

    /// <summary>Writes the data's banner in one MIME type.</summary>
    /// <param name="mimeType">The MIME type.</param>
    /// <param name="write">Gives the text.</param>
    public sealed class CaseloadDataFormatter(string mimeType, Func<CaseloadData, string> write)
    {
        /// <summary>The MIME type written.</summary>
        public string MimeType { get; } = mimeType;

        /// <summary>Writes an object if it is a notebook's data.</summary>
        /// <param name="instance">The object.</param>
        /// <param name="writer">Takes the text.</param>
        /// <returns>Whether it was.</returns>
        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not CaseloadData data) return false;
            ArgumentNullException.ThrowIfNull(writer);
            writer.Write(write(data));
            return true;
        }
    }
}
