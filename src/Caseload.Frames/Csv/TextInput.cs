using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Caseload.Frames.Csv;

/// <summary>How the bytes of a text input were read.</summary>
public enum TextEncoding
{
    /// <summary>UTF-8, with or without a byte order mark.</summary>
    Utf8,

    /// <summary>Windows code page 1252, chosen because the bytes are not UTF-8.</summary>
    Windows1252,
}

/// <summary>
/// A text input that was opened: a file, a file compressed with gzip, or standard input (<c>-</c>). Its encoding is settled before the
/// first character is read, by looking at every byte once, so that a later line never changes how an earlier one was read.
/// </summary>
public sealed class TextInput : IDisposable
{
    private TextInput(string name, TextReader reader, TextEncoding encoding) => (Name, Reader, Encoding) = (name, reader, encoding);

    /// <summary>The name to use in messages: the path as given, or "standard input".</summary>
    public string Name { get; }

    /// <summary>The characters.</summary>
    public TextReader Reader { get; }

    /// <summary>How the bytes were read.</summary>
    public TextEncoding Encoding { get; }

    /// <summary>Opens an input.</summary>
    /// <param name="path">A file, a file that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    /// <exception cref="ProblemException">
    /// There is no such file, it is a directory, it is empty, it may not be read, or it is neither UTF-8 nor Windows-1252.
    /// </exception>
    public static TextInput Open(string path)
    {
        var name = path == "-" ? "standard input" : path;
        return InputFile.Guard(name, () =>
        {
            // A pipe can be read once only; its bytes are kept so that they can be looked at and then decoded.
            var kept = path == "-" ? Buffer(Console.OpenStandardInput()) : null;
            Stream OpenBytes() => kept is null ? InputFile.OpenBytes(path) : new MemoryStream(kept, writable: false);

            TextEncoding encoding;
            using (var bytes = OpenBytes()) encoding = EncodingProbe.Probe(bytes, name);
            var decoder = encoding == TextEncoding.Utf8
                ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
                : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
            return new TextInput(name, new StreamReader(OpenBytes(), decoder, detectEncodingFromByteOrderMarks: true, 1 << 16), encoding);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();

    private static byte[] Buffer(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

/// <summary>Opens the bytes of an input and turns what the platform throws into a <see cref="Problem"/>.</summary>
public static class InputFile
{
    /// <summary>The bytes of a file, decompressed where its name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ProblemException">There is no such file, or it is a directory.</exception>
    public static Stream OpenBytes(string path)
    {
        if (Directory.Exists(path))
            throw Unreadable("a directory", "a file", path, "Name a file inside it.");
        if (!File.Exists(path))
            throw Unreadable("no such file", "a file that exists", path,
                "Check the path; it is taken from " + Directory.GetCurrentDirectory() + ".");
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Runs work that reads an input; what the platform throws becomes a <see cref="ProblemException"/>.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="name">The input's name in messages.</param>
    /// <param name="work">The work.</param>
    public static T Guard<T>(string name, Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return work();
        }
        catch (InvalidDataException e)
        {
            throw new ProblemException(new Problem(ProblemKind.Unreadable, "compressed data that is damaged or cut short",
                "a whole gzip file", name, "Copy the file again, or decompress it to see how far it goes."), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ProblemException(new Problem(ProblemKind.Unreadable, "a file that may not be read", "permission to read it", name,
                "Ask its owner for access, or run as someone who has it."), e);
        }
        catch (IOException e)
        {
            throw new ProblemException(new Problem(ProblemKind.Unreadable, "the file could not be read: " + e.Message, "a readable file",
                name, "Check the disk or the network share, and run again."), e);
        }
    }

    /// <summary>The exception that says an input cannot be read.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="where">Where.</param>
    /// <param name="remedy">What to do.</param>
    public static ProblemException Unreadable(string found, string expected, string where, string remedy) =>
        new(new Problem(ProblemKind.Unreadable, found, expected, where, remedy));
}

/// <summary>Tells UTF-8 from Windows-1252 by looking at every byte of an input once.</summary>
internal static class EncodingProbe
{
    // The five bytes to which Windows-1252 gives no character.
    private static readonly SearchValues<byte> Undefined = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    // Control characters that no text table holds: all but tab, line feed, vertical tab, form feed, carriage return and the old
    // end-of-file mark.
    private static readonly SearchValues<byte> Control =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27, 28, 29, 30, 31]);

    internal static TextEncoding Probe(Stream bytes, string name)
    {
        var buffer = new byte[1 << 20];
        var (held, total, utf8, undefined) = (0, 0L, true, -1L);
        while (true)
        {
            var read = bytes.ReadAtLeast(buffer.AsSpan(held), buffer.Length - held, throwOnEndOfStream: false);
            var chunk = buffer.AsSpan(0, held + read);
            var last = chunk.Length < buffer.Length;
            var start = total - held;
            total += read;
            if (chunk.Length == 0) break;

            var control = chunk.IndexOfAny(Control);
            if (control >= 0) throw Refuse(name, start + control, chunk[control]);
            if (undefined < 0 && chunk.IndexOfAny(Undefined) is var at and >= 0) undefined = start + at;

            // A character may lie across two chunks: the bytes of its beginning are held over to the next one.
            held = last || !utf8 ? 0 : IncompleteTail(chunk);
            utf8 = utf8 && System.Text.Unicode.Utf8.IsValid(chunk[..^held]);
            chunk[^held..].CopyTo(buffer);
            if (last) break;
        }

        if (total == 0)
            throw InputFile.Unreadable("an empty file", "a header row and data", name, "Check that the export finished.");
        if (utf8) return TextEncoding.Utf8;
        return undefined < 0 ? TextEncoding.Windows1252 : throw Refuse(name, undefined, null);
    }

    private static int IncompleteTail(ReadOnlySpan<byte> chunk)
    {
        for (var back = 1; back <= Math.Min(3, chunk.Length); back++)
        {
            var b = chunk[^back];
            if (b < 0x80) return 0;
            if (b >= 0xC0) return back < (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2) ? back : 0;
        }

        return 0;
    }

    private static ProblemException Refuse(string name, long offset, byte? control) => InputFile.Unreadable(
        control is 0 or 0xFF or 0xFE
            ? "text in UTF-16 or UTF-32, or a file that is not text"
            : "bytes that are neither UTF-8 nor Windows-1252",
        "text in UTF-8 (with or without a byte order mark) or Windows-1252",
        $"{name}, byte {offset + 1}",
        "Save the file as \"CSV UTF-8\", or convert it, for example with iconv -t UTF-8.");
}
