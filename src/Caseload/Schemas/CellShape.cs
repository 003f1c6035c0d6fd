namespace Caseload.Schemas;

/// <summary>
/// How a bad cell is shown. A value that could identify a child is shown by its shape: digits as 9, letters as A. In any column, so is text
/// with six digits or five letters in a row, or with a space: columns that slipped put identifiers and names where codes belong.
/// </summary>
public static class CellShape
{
    private const int DigitsOfAnIdentifier = 6;
    private const int LettersOfAName = 5;
    private const int LongestShown = 24;

    /// <summary>What a message may say of a cell.</summary>
    /// <param name="field">The field.</param>
    /// <param name="cell">The text found.</param>
    public static string Show(Field field, string cell)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(cell);
        if (cell.Length == 0) return "nothing";
        var hide = field.Identifying || cell.Length > LongestShown
            || LongestRun(cell, char.IsAsciiDigit) >= DigitsOfAnIdentifier || LongestRun(cell, char.IsLetter) >= LettersOfAName
            || cell.Any(char.IsWhiteSpace);
        if (!hide) return $"\"{cell}\"";
        var shape = string.Concat(cell.Take(LongestShown).Select(c => char.IsAsciiDigit(c) ? '9' : char.IsLetter(c) ? 'A' : c));
        return $"text of the shape {shape}{(cell.Length > LongestShown ? "..." : "")}";
    }

    private static int LongestRun(string cell, Func<char, bool> counts)
    {
        var (longest, run) = (0, 0);
        foreach (var c in cell)
        {
            run = counts(c) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
