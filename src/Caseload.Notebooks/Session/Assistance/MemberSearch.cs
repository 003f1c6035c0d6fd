using System.Buffers;
using System.Text;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>
/// Finds one member in an XML documentation file. The framework's largest one has 8 MB: it is searched as bytes, a piece at a time, and
/// only the member that was found is read as XML.
/// </summary>
internal static class MemberSearch
{
    private const int PieceLength = 256 * 1024;

    /// <summary>The XML of a member.</summary>
    /// <param name="path">The documentation file.</param>
    /// <param name="id">The member's documentation id, such as <c>T:System.String</c>.</param>
    /// <returns>The member's element as text; null where the file has none.</returns>
    public static string? Find(string path, string id)
    {
        var key = Encoding.UTF8.GetBytes($"name=\"{id}\"");
        using var file = File.OpenRead(path);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceLength + key.Length);
        try
        {
            var kept = 0;
            for (long start = 0; ;)
            {
                var read = file.ReadAtLeast(buffer.AsSpan(kept, PieceLength), PieceLength, throwOnEndOfStream: false);
                var at = buffer.AsSpan(0, kept + read).IndexOf(key);
                if (at >= 0) return Read(file, start + at, id);
                if (read < PieceLength) return null;

                // The key may begin in this piece and end in the next.
                start += kept + read - (key.Length - 1);
                buffer.AsSpan(kept + read - (key.Length - 1), key.Length - 1).CopyTo(buffer);
                kept = key.Length - 1;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? Read(FileStream file, long position, string id)
    {
        const string End = "</member>";
        file.Position = position;
        using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        var text = new StringBuilder("<member ");
        var piece = new char[4096];
        for (int read; (read = reader.Read(piece)) > 0;)
        {
            text.Append(piece, 0, read);
            var all = text.ToString();
            var opened = all.IndexOf('>', id.Length);
            if (opened > 0 && all[opened - 1] == '/') return all[..(opened + 1)];
            var end = all.IndexOf(End, StringComparison.Ordinal);
            if (end >= 0) return all[..(end + End.Length)];
        }

        return null;
    }
}
