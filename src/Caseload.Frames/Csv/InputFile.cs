using System.IO.Compression;

namespace Caseload.Frames.Csv;

/// <summary>Opens the bytes of an input and turns what the platform throws into a <see cref="Problem"/>.</summary>
public static class InputFile
{
    /// <summary>The bytes of a file, decompressed where they are gzip.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ProblemException">There is no such file, or it is a directory.</exception>
    public static Stream OpenBytes(string path)
    {
        var file = OpenFile(path);
        return IsGzip(path, file) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>A file as it lies on the disk.</summary>
    internal static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
            throw Unreadable("a directory", "a file", path, "Name a file inside it.");
        if (!File.Exists(path))
            throw Unreadable("no such file", "a file that exists", path,
                "Check the path; it is taken from " + Directory.GetCurrentDirectory() + ".");
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
    }

    /// <summary>Whether bytes are compressed with gzip: by the file's name, or by the two bytes with which they begin.</summary>
    internal static bool IsGzip(string path, Stream bytes)
    {
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return true;
        if (!bytes.CanSeek) return false;
        var isGzip = bytes.ReadByte() == 0x1F && bytes.ReadByte() == 0x8B;
        bytes.Position = 0;
        return isGzip;
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
