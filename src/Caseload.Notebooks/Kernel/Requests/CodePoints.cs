namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Places in a text: the protocol counts Unicode code points, .NET counts UTF-16 units.</summary>
internal static class CodePoints
{
    /// <summary>The place in UTF-16 units.</summary>
    /// <param name="text">The text.</param>
    /// <param name="codePoints">The place in code points; null, or one beyond the end, is the end.</param>
    public static int ToUtf16(string text, int? codePoints)
    {
        if (codePoints is not { } left) return text.Length;
        var place = 0;
        for (; left > 0 && place < text.Length; left--) place += IsPair(text, place) ? 2 : 1;
        return place;
    }

    /// <summary>The place in code points.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">The place in UTF-16 units, within the text.</param>
    public static int FromUtf16(string text, int place)
    {
        var count = 0;
        for (var i = 0; i < place; count++) i += IsPair(text, i) ? 2 : 1;
        return count;
    }

    private static bool IsPair(string text, int place) => place + 1 < text.Length && char.IsSurrogatePair(text[place], text[place + 1]);
}
