using System.Text;

namespace Caseload.Frames.Csv;

/// <summary>
/// Writes a file whole or not at all: to a temporary name beside it, which is renamed when the last byte is written. A run that is
/// interrupted, or a disk that fills, leaves the old file as it was.
/// </summary>
public static class OutputFile
{
    /// <summary>Writes text in UTF-8 with line feeds.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output. Its folder is made where it is missing.</param>
    /// <param name="write">Writes the text.</param>
    /// <exception cref="ProblemException">The file cannot be written.</exception>
    public static void WriteText(string path, Action<TextWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        WriteBytes(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            write(writer);
        });
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output. Its folder is made where it is missing.</param>
    /// <param name="write">Writes the bytes.</param>
    /// <exception cref="ProblemException">The file cannot be written.</exception>
    public static void WriteBytes(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (path == "-")
        {
            using var output = Console.OpenStandardOutput();
            write(output);
            return;
        }

        // A device cannot be renamed over: it would be a file from then on.
        var isDevice = Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);
        var temporary = isDevice ? path : path + ".partial";
        using var half = isDevice ? null : HalfWritten.RemovedBy(() => TryDelete(temporary));
        try
        {
            using (var stream = HalfWritten.Step(() => Open(temporary, isDevice)))
            {
                write(stream);
            }

            if (!isDevice) HalfWritten.Step(() => Rename(temporary, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!isDevice) TryDelete(temporary);
            throw new ProblemException(new Problem(ProblemKind.Unreadable, "the file could not be written: " + e.Message,
                "a folder that may be written to, with room for the file", path,
                "Free space or name another place with --out; the file that was there before is untouched."), e);
        }
        catch
        {
            if (!isDevice) TryDelete(temporary);
            throw;
        }
    }

    private static FileStream Open(string path, bool isDevice)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        return new FileStream(path, isDevice ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
    }

    private static bool Rename(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        return true;
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to tell; a leftover temporary file does no harm.
        }
    }
}
