using Caseload.Frames;

namespace Caseload.MixedModels.Inference;

/// <summary>Writes inferences for notebooks: as HTML tables and as text.</summary>
public sealed class InferenceFormatters
{
    private readonly object[] formatters =
    [
        new MimeFormatter<InferenceResult>("text/html", static result => result.ToHtml()),
        new MimeFormatter<InferenceResult>("text/plain", static result => result.ToString()),
        new MimeFormatter<BootstrapProgress>("text/html", static progress => progress.ToHtml()),
        new MimeFormatter<BootstrapProgress>("text/plain", static progress => progress.ToString()),
    ];

    /// <summary>The formatters.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;
}
