using Caseload.Frames;

namespace Caseload.MixedModels.Fits;

/// <summary>Writes fits and comparisons of fits for notebooks: as HTML tables and as text.</summary>
public sealed class FitFormatters
{
    private readonly object[] formatters =
    [
        new MimeFormatter<MixedModelFit>("text/html", FitHtml.Summary),
        new MimeFormatter<MixedModelFit>("text/plain", static fit => fit.ToString()),
        new MimeFormatter<LikelihoodRatioTable>("text/html", FitHtml.Table),
        new MimeFormatter<LikelihoodRatioTable>("text/plain", static table => table.ToString()),
    ];

    /// <summary>The formatters.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;
}
