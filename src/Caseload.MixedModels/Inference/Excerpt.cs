namespace Caseload.MixedModels.Inference;

/// <summary>The rows of a long table that are printed: its beginning and its end.</summary>
internal static class Excerpt
{
    /// <summary>The most rows that are printed whole.</summary>
    internal const int Most = 200;

    /// <summary>The cells of all rows, or of the first and last hundred with a row of dots between them.</summary>
    internal static string[][] Of<T>(IReadOnlyList<T> rows, Func<T, string[]> cells)
    {
        if (rows.Count <= Most) return [.. rows.Select(cells)];
        var beginning = rows.Take(Most / 2).Select(cells).ToArray();
        string[] dots = [.. beginning[0].Select((_, i) => i == 0 ? "..." : "")];
        return [.. beginning, dots, .. rows.Skip(rows.Count - Most / 2).Select(cells)];
    }
}
