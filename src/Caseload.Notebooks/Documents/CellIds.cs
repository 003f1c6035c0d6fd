using System.Globalization;

namespace Caseload.Notebooks.Documents;

/// <summary>Gives cells names within their notebook, the same at every reading: nothing is drawn at random.</summary>
internal static class CellIds
{
    /// <summary>Names the cells that have no name, a name that nbformat does not allow, or another cell's name.</summary>
    /// <param name="found">The names in the file, null where there is none.</param>
    /// <returns>As many names, all different. A good name stays; others are <c>cell-</c> and the place of the cell.</returns>
    public static IReadOnlyList<string> Assign(IReadOnlyList<string?> found)
    {
        var taken = new HashSet<string>(found.OfType<string>(), StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ids = new string[found.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = found[i] is { } id && IsAllowed(id) && seen.Add(id) ? id : NewId(i, taken);
        }

        return ids;
    }

    private static string NewId(int index, HashSet<string> taken)
    {
        var id = "cell-" + (index + 1).ToString(CultureInfo.InvariantCulture);
        while (!taken.Add(id)) id += "-a";
        return id;
    }

    private static bool IsAllowed(string id) => id.Length is >= 1 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
