using System.Text;

namespace Caseload.Notebooks.Documents.Pages;

/// <summary>The style and the script of a page, which are files of their own in the source and parts of the assembly when built.</summary>
internal static class PageAsset
{
    /// <summary>The text of an asset.</summary>
    /// <param name="name">Its file name.</param>
    public static string Text(string name)
    {
        using var stream = typeof(PageAsset).Assembly.GetManifestResourceStream("Caseload.Notebooks." + name)
            ?? throw new InvalidOperationException($"The assembly was built without {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
