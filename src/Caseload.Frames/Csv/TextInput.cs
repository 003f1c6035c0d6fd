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
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly InputBytes bytes;
    private readonly EncodingProbe probe;
    private Stream? stream;
    private StreamReader? reader;

    private TextInput(string name, InputBytes bytes, EncodingProbe probe)
    {
        (Name, this.bytes, this.probe) = (name, bytes, probe);
        Encoding = probe.Encoding;
    }

    /// <summary>The name to use in messages: the path as given, or "standard input".</summary>
    public string Name { get; }

    /// <summary>How the bytes were read.</summary>
    public TextEncoding Encoding { get; }

    /// <summary>Whether the text begins with a tag, as XML and HTML do.</summary>
    public bool IsMarkup => probe.IsMarkup;

    /// <summary>The text in UTF-8, whatever the input's encoding, without a byte order mark; it can be read once.</summary>
    public Stream Bytes => stream ??= OpenUtf8();

    /// <summary>The characters; they can be read once, here or in <see cref="Bytes"/>.</summary>
    public TextReader Reader => reader ??= new StreamReader(Bytes, Utf8, detectEncodingFromByteOrderMarks: false, 1 << 16);

    /// <summary>All of the text in UTF-8 where it is held in memory, or null.</summary>
    internal ReadOnlyMemory<byte>? Memory =>
        Encoding == TextEncoding.Utf8 && bytes.Memory is { } memory ? memory[(probe.HasMark ? 3 : 0)..] : default(ReadOnlyMemory<byte>?);

    /// <summary>Opens an input.</summary>
    /// <param name="path">
    /// A file, a file that ends in <c>.gz</c>, or <c>-</c> for standard input; gzip is known by its first bytes too.
    /// </param>
    /// <exception cref="ProblemException">
    /// There is no such file, it is a directory, it is empty, it may not be read, or it is neither UTF-8 nor Windows-1252.
    /// </exception>
    public static TextInput Open(string path)
    {
        var name = path == "-" ? "standard input" : path;
        return InputFile.Guard(name, () =>
        {
            var bytes = InputBytes.Open(path);
            try
            {
                var probe = new EncodingProbe(name);
                bytes.Walk(probe);
                return new TextInput(name, bytes, probe);
            }
            catch
            {
                bytes.Dispose();
                throw;
            }
        });
    }

    /// <summary>
    /// Refuses what was read where the file was replaced or changed since it was opened. To be called when all of it was read.
    /// </summary>
    /// <exception cref="ProblemException">The file changed.</exception>
    public void RequireUnchanged() => bytes.RequireUnchanged();

    /// <inheritdoc/>
    public void Dispose()
    {
        reader?.Dispose();
        stream?.Dispose();
        bytes.Dispose();
    }

    private Stream OpenUtf8()
    {
        var opened = bytes.Open();
        if (Encoding == TextEncoding.Windows1252)
            return System.Text.Encoding.CreateTranscodingStream(opened, CodePagesEncodingProvider.Instance.GetEncoding(1252)!, Utf8);
        if (probe.HasMark) opened.ReadExactly(stackalloc byte[3]);
        return opened;
    }
}
