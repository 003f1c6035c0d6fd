using System.Buffers;
using System.Globalization;
using System.Text;

namespace Caseload.Frames.Csv;

/// <summary>The cells of a column as the bytes that stand for them in a CSV file.</summary>
internal abstract class CellBytes
{
    /// <summary>The most bytes that a cell takes.</summary>
    internal abstract int Longest { get; }

    /// <summary>Writes the cell of a row; a missing cell has no bytes.</summary>
    /// <returns>How many bytes were written.</returns>
    internal abstract int Write(int row, Span<byte> to);

    /// <summary>The cells of a column.</summary>
    internal static CellBytes Of(Column column) => column switch
    {
        TextColumn text => new Texts(text),
        DateColumn dates => new Dates(dates),
        IntegerColumn integers => new Integers(integers),
        FlagColumn flags => new Flags(flags),
        NumberColumn numbers => new Numbers(numbers),
        _ => throw new ArgumentException($"A column of the unknown type {column.Type}.", nameof(column)),
    };

    private static int Written(bool isWritten, int bytes) =>
        isWritten ? bytes : throw new InvalidOperationException("A cell is longer than the longest of its column.");

    /// <summary>Text: each level is quoted once, unless there are more levels than rows; then only those of the rows are.</summary>
    private sealed class Texts : CellBytes
    {
        private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

        private readonly TextColumn column;
        private readonly bool isByRow;
        private readonly ArrayBufferWriter<byte> bytes = new(256);
        private readonly int[] ends;

        internal Texts(TextColumn column)
        {
            this.column = column;
            isByRow = column.Levels.Count > column.Count;
            ends = new int[(isByRow ? column.Count : column.Levels.Count) + 1];
            for (var i = 0; i + 1 < ends.Length; i++)
            {
                if ((isByRow ? column[i] : column.Levels[i]) is { } text) Add(text);
                ends[i + 1] = bytes.WrittenCount;
                Longest = Math.Max(Longest, ends[i + 1] - ends[i]);
            }
        }

        internal override int Longest { get; }

        internal override int Write(int row, Span<byte> to)
        {
            var i = isByRow ? row : column.Codes[row];
            if (i < 0) return 0;
            var cell = bytes.WrittenSpan[ends[i]..ends[i + 1]];
            cell.CopyTo(to);
            return cell.Length;
        }

        private void Add(string text) => Encoding.UTF8.GetBytes(
            text.AsSpan().IndexOfAny(Quoted) >= 0 || FormulaText.IsMeant(text) ? CsvFile.Cell(text) : text, bytes);
    }

    private sealed class Dates(DateColumn column) : CellBytes
    {
        internal override int Longest => 10;

        internal override int Write(int row, Span<byte> to) => column.IsMissing(row)
            ? 0
            : Written(DateOnly.FromDayNumber(column.Days[row]).TryFormat(to, out var bytes, "O", CultureInfo.InvariantCulture), bytes);
    }

    private sealed class Integers(IntegerColumn column) : CellBytes
    {
        internal override int Longest => 11;

        internal override int Write(int row, Span<byte> to) => column.IsMissing(row)
            ? 0
            : Written(column.Values[row].TryFormat(to, out var bytes, default, CultureInfo.InvariantCulture), bytes);
    }

    private sealed class Flags(FlagColumn column) : CellBytes
    {
        internal override int Longest => 5;

        internal override int Write(int row, Span<byte> to)
        {
            var cell = column.Values[row] switch { 1 => "true"u8, 0 => "false"u8, _ => [] };
            cell.CopyTo(to);
            return cell.Length;
        }
    }

    private sealed class Numbers(NumberColumn column) : CellBytes
    {
        internal override int Longest => 32;

        internal override int Write(int row, Span<byte> to) => column.IsMissing(row)
            ? 0
            : Written(column.Values[row].TryFormat(to, out var bytes, "R", CultureInfo.InvariantCulture), bytes);
    }
}
