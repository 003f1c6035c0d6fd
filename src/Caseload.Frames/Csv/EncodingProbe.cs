using System.Buffers;

namespace Caseload.Frames.Csv;

/// <summary>Tells UTF-8 from Windows-1252 by looking at every byte of an input once.</summary>
/// <param name="name">The input's name in messages.</param>
internal sealed class EncodingProbe(string name)
{
    // The five bytes to which Windows-1252 gives no character.
    private static readonly SearchValues<byte> Undefined = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    // Control characters that no text table holds: all but tab, line feed, vertical tab, form feed, carriage return and the old
    // end-of-file mark.
    private static readonly SearchValues<byte> Control =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27, 28, 29, 30, 31]);

    private long total;
    private long undefined = -1;
    private bool isUtf8 = true;

    /// <summary>Whether the first byte that is no white space begins a tag, as in XML and HTML.</summary>
    internal bool IsMarkup { get; private set; }

    /// <summary>Whether there is a byte order mark of UTF-8.</summary>
    internal bool HasMark { get; private set; }

    /// <summary>The encoding, once all bytes were taken.</summary>
    /// <exception cref="ProblemException">There is no byte, or the bytes are of neither encoding.</exception>
    internal TextEncoding Encoding
    {
        get
        {
            if (total == 0)
                throw InputFile.Unreadable("an empty file", "a header row and data", name, "Check that the export finished.");
            if (isUtf8) return TextEncoding.Utf8;
            return undefined < 0 ? TextEncoding.Windows1252 : throw Refuse(undefined, null);
        }
    }

    /// <summary>Looks at a block, which begins with the bytes that the call before held over.</summary>
    /// <returns>How many bytes at the end are to be held over: they begin a character that goes on in the next block.</returns>
    internal int Take(ReadOnlySpan<byte> block, int held, bool isLast)
    {
        var start = total - held;
        if (start == 0)
        {
            HasMark = block.StartsWith("\uFEFF"u8);
            IsMarkup = block[(HasMark ? 3 : 0)..].TrimStart(" \t\r\n"u8).StartsWith("<"u8);
        }

        total = start + block.Length;
        var control = block.IndexOfAny(Control);
        if (control >= 0) throw Refuse(start + control, block[control]);
        if (undefined < 0 && block.IndexOfAny(Undefined) is var at and >= 0) undefined = start + at;

        var over = isLast || !isUtf8 ? 0 : IncompleteTail(block);
        isUtf8 = isUtf8 && System.Text.Unicode.Utf8.IsValid(block[..^over]);
        return over;
    }

    private static int IncompleteTail(ReadOnlySpan<byte> block)
    {
        for (var back = 1; back <= Math.Min(3, block.Length); back++)
        {
            var b = block[^back];
            if (b < 0x80) return 0;
            if (b >= 0xC0) return back < (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2) ? back : 0;
        }

        return 0;
    }

    private ProblemException Refuse(long offset, byte? control) => InputFile.Unreadable(
        control is 0
            ? "text in UTF-16 or UTF-32, or a file that is not text"
            : control is { } code ? $"the control character {code:X2}" : "bytes that are neither UTF-8 nor Windows-1252",
        "text in UTF-8 (with or without a byte order mark) or Windows-1252",
        $"{name}, byte {offset + 1}",
        "Save the file in UTF-8 (in a spreadsheet as \"CSV UTF-8\"), or convert it, for example with iconv -t UTF-8.");
}
