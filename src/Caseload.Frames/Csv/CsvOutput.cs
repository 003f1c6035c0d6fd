using System.Text;

namespace Caseload.Frames.Csv;

/// <summary>Writes the rows of a frame as the bytes of a CSV file.</summary>
internal static class CsvOutput
{
    private const int BufferBytes = 1 << 16;

    internal static void Write(Frame frame, Stream to)
    {
        to.Write(Encoding.UTF8.GetBytes(string.Join(',', frame.Columns.Select(c => CsvFile.Cell(c.Name))) + "\n"));
        var cells = frame.Columns.Select(CellBytes.Of).ToArray();

        // A line of one column without its cell would be blank, and no row to a reader.
        var blank = cells.Length == 1 ? "\"\""u8 : [];
        var longest = cells.Sum(c => c.Longest + 1) + blank.Length;
        var buffer = new byte[Math.Max(BufferBytes, longest)];
        var at = 0;
        for (var row = 0; row < frame.RowCount; row++)
        {
            if (buffer.Length - at < longest)
            {
                to.Write(buffer.AsSpan(0, at));
                at = 0;
            }

            var start = at;
            foreach (var cell in cells)
            {
                at += cell.Write(row, buffer.AsSpan(at));
                buffer[at++] = (byte)',';
            }

            if (at == start + 1)
            {
                blank.CopyTo(buffer.AsSpan(start));
                at += blank.Length;
            }

            buffer[at - 1] = (byte)'\n';
        }

        to.Write(buffer.AsSpan(0, at));
    }
}
