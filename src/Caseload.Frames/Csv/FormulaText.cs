using System.Text;

namespace Caseload.Frames.Csv;

/// <summary>
/// Keeps text from being run as a formula by a spreadsheet. Text that begins with <c>= + - @</c>, a tab or a line break, or with the
/// full-width form of one of the four, is written with an apostrophe before it; so is text in which apostrophes alone stand before such a
/// character. Reading takes one apostrophe away again, so what was written comes back as it was.
/// </summary>
internal static class FormulaText
{
    private const char Mark = '\'';
    private const string Starts = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>The text as it is written.</summary>
    internal static string Protect(string text) => IsMeant(text) ? Mark + text : text;

    /// <summary>Whether text must be written with an apostrophe before it.</summary>
    internal static bool IsMeant(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart(Mark);
        return rest.Length > 0 && Starts.Contains(rest[0], StringComparison.Ordinal);
    }

    /// <summary>Whether a cell in UTF-8 begins with an apostrophe that was written for safety and is none of the text's own.</summary>
    internal static bool IsProtected(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty || cell[0] != (byte)Mark) return false;
        return Rune.DecodeFromUtf8(cell.TrimStart((byte)Mark), out var first, out _) == System.Buffers.OperationStatus.Done
            && first.IsBmp && Starts.Contains((char)first.Value, StringComparison.Ordinal);
    }
}
