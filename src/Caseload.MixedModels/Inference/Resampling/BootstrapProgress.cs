using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Inference;

namespace Caseload.MixedModels;

/// <summary>How far a bootstrap is.</summary>
/// <param name="Done">How many refits are done, those that failed included.</param>
/// <param name="Total">How many there are to be.</param>
/// <param name="Failed">How many failed.</param>
[TypeFormatterSource(typeof(InferenceFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record BootstrapProgress(int Done, int Total, int Failed)
{
    /// <summary>The progress in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Done:N0} of {Total:N0} refits")
        + (Failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {Failed:N0} failed"));

    /// <summary>The progress as a bar.</summary>
    internal string ToHtml() =>
        string.Create(CultureInfo.InvariantCulture, $"<progress max=\"{Total}\" value=\"{Done}\"></progress> <span>{this}</span>");
}
