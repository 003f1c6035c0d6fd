using System.Globalization;

namespace Caseload.Frames;

/// <summary>How far work of countable steps is. A notebook shows it as a bar.</summary>
/// <param name="Label">What is counted, such as <c>imputations</c>.</param>
/// <param name="Done">How many steps are done.</param>
/// <param name="Total">How many there are.</param>
[TypeFormatterSource(typeof(StepProgressFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record StepProgress(string Label, int Done, int Total)
{
    /// <summary>The progress in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label}: {Done:N0} of {Total:N0}");
}

/// <summary>Writes progress for notebooks: as a bar that a screen reader can tell, and in words.</summary>
public sealed class StepProgressFormatters
{
    private readonly object[] formatters =
    [
        new MimeFormatter<StepProgress>("text/html", Html),
        new MimeFormatter<StepProgress>("text/plain", static progress => progress.ToString()),
    ];

    /// <summary>The formatters of progress.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;

    private static string Html(StepProgress progress)
    {
        var words = System.Net.WebUtility.HtmlEncode(progress.ToString());
        var label = System.Net.WebUtility.HtmlEncode(progress.Label);
        return string.Create(CultureInfo.InvariantCulture,
            $"<div><progress max=\"{Math.Max(progress.Total, 1)}\" value=\"{progress.Done}\" "
            + $"aria-label=\"{label}\">{words}</progress> {words}</div>");
    }
}
