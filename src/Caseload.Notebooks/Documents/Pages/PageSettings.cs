namespace Caseload.Notebooks.Documents.Pages;

/// <summary>How a notebook's page is written.</summary>
/// <param name="Title">The page's title where its prose has no heading of the first level.</param>
/// <param name="Folder">The notebook's folder, where pictures that its prose names are looked for.</param>
public sealed record PageSettings(string Title, string Folder)
{
    /// <summary>plotly.js, which turns the pictures of charts into interactive ones; null for pictures alone.</summary>
    public ChartScript? Charts { get; init; }
}
