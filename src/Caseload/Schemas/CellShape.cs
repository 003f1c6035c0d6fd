namespace Caseload.Schemas;

/// <summary>
/// How a bad cell is shown. A value that could identify a child is shown by its shape: digits as 9, letters as A. Any text with six digits
/// in a row is treated so, because columns that slipped put identifiers where codes belong.
/// </summary>
public static class CellShape
{
    private const int DigitsOfAnIdentifier = 6;
    private const int LongestShown = 24;

    /// <summary>What a message may say of a cell.</summary>
    /// <param name="field">The field.</param>
    /// <param name="cell">The text found.</param>
    public static string Show(Field field, string cell)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(cell);
        if (cell.Length == 0) return "nothing";
        var hide = field.Identifying || cell.Length > LongestShown || LongestRunOfDigits(cell) >= DigitsOfAnIdentifier;
        if (!hide) return $"\"{cell}\"";
        var shape = string.Concat(cell.Take(LongestShown).Select(c => char.IsAsciiDigit(c) ? '9' : char.IsLetter(c) ? 'A' : c));
        return $"text of the shape {shape}{(cell.Length > LongestShown ? "..." : "")}";
    }

    private static int LongestRunOfDigits(string cell)
    {
        var (longest, run) = (0, 0);
        foreach (var c in cell)
        {
            run = char.IsAsciiDigit(c) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
