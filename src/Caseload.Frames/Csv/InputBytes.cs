using System.Buffers;
using System.IO.Compression;

namespace Caseload.Frames.Csv;

/// <summary>
/// The bytes of an input, decompressed, which can be walked through twice: first to settle the encoding, then to be read. A small input is
/// kept in memory on the first walk; a large file is read again from its beginning by the same handle.
/// </summary>
internal sealed class InputBytes : IDisposable
{
    private const int KeptBytes = 4 << 20;

    private readonly Stream source;
    private readonly FileWatch? watch;
    private readonly bool isGzip;
    private byte[]? kept;
    private int keptCount;

    private InputBytes(Stream source, FileWatch? watch, bool isGzip) => (this.source, this.watch, this.isGzip) = (source, watch, isGzip);

    /// <summary>All bytes, where they are held in memory.</summary>
    internal ReadOnlyMemory<byte>? Memory => kept?.AsMemory(0, keptCount);

    /// <summary>Opens a file, a file compressed with gzip, or standard input (<c>-</c>).</summary>
    internal static InputBytes Open(string path)
    {
        var watch = path == "-" ? null : new FileWatch(path);
        var source = path == "-" ? Console.OpenStandardInput() : InputFile.OpenFile(path);
        try
        {
            if (source.CanSeek) return new InputBytes(source, watch, InputFile.IsGzip(path, source));

            // A pipe can be read once only.
            using var pipe = source;
            var copy = new MemoryStream();
            pipe.CopyTo(copy);
            copy.Position = 0;
            return new InputBytes(copy, null, InputFile.IsGzip(path, copy));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Shows every byte to a probe once, in blocks, and keeps them where they fit into one block.</summary>
    internal void Walk(EncodingProbe probe)
    {
        var bytes = Open();
        var block = ArrayPool<byte>.Shared.Rent(isGzip || source.Length >= KeptBytes ? KeptBytes : (int)source.Length + 1);
        var (held, blocks) = (0, 0);
        while (true)
        {
            var count = held + bytes.ReadAtLeast(block.AsSpan(held), block.Length - held, throwOnEndOfStream: false);
            var isLast = count < block.Length;
            held = probe.Take(block.AsSpan(0, count), held, isLast);
            blocks++;
            if (isLast)
            {
                if (blocks == 1) (kept, keptCount) = (block, count);
                else ArrayPool<byte>.Shared.Return(block);
                break;
            }

            block.AsSpan(count - held, held).CopyTo(block);
        }

        if (bytes != source) bytes.Dispose();
    }

    /// <summary>The bytes from the beginning. A stream that was given before is at an end.</summary>
    internal Stream Open()
    {
        if (kept is not null) return new MemoryStream(kept, 0, keptCount, writable: false);
        source.Position = 0;
        return isGzip ? new GZipStream(source, CompressionMode.Decompress, leaveOpen: true) : source;
    }

    /// <summary>Refuses what was read where the file changed meanwhile.</summary>
    /// <exception cref="ProblemException">The file changed.</exception>
    internal void RequireUnchanged() => watch?.RequireUnchanged();

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        if (kept is not null) ArrayPool<byte>.Shared.Return(kept);
        kept = null;
    }
}
