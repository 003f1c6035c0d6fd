using System.Globalization;
using System.Text;
using Caseload.Frames;

namespace Caseload.Schemas;

/// <summary>
/// Reads the cells of one field, as bytes in UTF-8, into a column and holds each against the field's constraints. No text is made of a cell
/// unless a finding must show it.
/// </summary>
/// <param name="field">The field.</param>
/// <param name="missingValues">The texts that stand for a missing cell, in UTF-8.</param>
internal abstract class CellReader(Field field, byte[][] missingValues)
{
    /// <summary>The field.</summary>
    internal Field Field { get; } = field;

    /// <summary>Whether the cells are kept; else they are held against the constraints and left aside.</summary>
    internal bool IsKept { get; private init; } = true;

    /// <summary>The reader for a field.</summary>
    internal static CellReader For(Field field, byte[][] missingValues, bool isKept) => field.Type switch
    {
        FieldType.String => new TextReaderOf(field, missingValues) { IsKept = isKept },
        FieldType.Date => new DateReader(field, missingValues) { IsKept = isKept },
        FieldType.Boolean => new FlagReader(field, missingValues) { IsKept = isKept },
        FieldType.Integer => new IntegerReader(field, missingValues) { IsKept = isKept },
        _ => new NumberReader(field, missingValues) { IsKept = isKept },
    };

    /// <summary>Sets the cell of a row. A cell that breaks the contract is missing.</summary>
    /// <returns>Null where the cell is good, else what was expected.</returns>
    internal string? Add(ReadOnlySpan<byte> cell, int row)
    {
        if (IsMissing(cell)) return Field.Constraints.Required ? "a value: it is required" : null;
        return AddPresent(cell, row);
    }

    /// <summary>Whether a cell is one of the missing values.</summary>
    internal bool IsMissing(ReadOnlySpan<byte> cell)
    {
        foreach (var missing in missingValues)
        {
            if (cell.SequenceEqual(missing)) return true;
        }

        return false;
    }

    /// <summary>Whether the cell of a row was set to a value.</summary>
    internal abstract bool Has(int row);

    /// <summary>Takes the cells after the first rows away again.</summary>
    internal abstract void Truncate(int rows);

    /// <summary>The column of the rows of several readers of this field, one behind another; the readers let go of their cells.</summary>
    internal abstract Column Join(IReadOnlyList<CellReader> parts, IReadOnlyList<int> rows);

    /// <summary>Sets a cell that is not one of the missing values.</summary>
    protected abstract string? AddPresent(ReadOnlySpan<byte> cell, int row);

    /// <summary>What a number must meet, or null where it does.</summary>
    protected string? OutOfRange(double value) => (Field.Constraints.Minimum, Field.Constraints.Maximum) switch
    {
        ({ } least, _) when value < least => string.Create(CultureInfo.InvariantCulture, $"at least {least}"),
        (_, { } most) when value > most => string.Create(CultureInfo.InvariantCulture, $"at most {most}"),
        _ => null,
    };

    private abstract class ValueReader<T>(Field field, byte[][] missingValues, T missing) : CellReader(field, missingValues)
        where T : unmanaged
    {
        private readonly CellList<T> cells = new(missing);

        internal sealed override bool Has(int row) => cells.Count > row;

        internal sealed override void Truncate(int rows) => cells.Truncate(rows);

        internal sealed override Column Join(IReadOnlyList<CellReader> parts, IReadOnlyList<int> rows)
        {
            var all = new T[rows.Sum()];
            var at = 0;
            for (var i = 0; i < parts.Count; i++)
            {
                ((ValueReader<T>)parts[i]).cells.MoveTo(all.AsSpan(at, rows[i]));
                at += rows[i];
            }

            return Make(all);
        }

        protected abstract Column Make(T[] all);

        protected string? Accept(int row, T value)
        {
            if (IsKept) cells.Add(row, value);
            return null;
        }
    }

    private sealed class TextReaderOf(Field field, byte[][] missingValues) : CellReader(field, missingValues)
    {
        private readonly TextCells cells = new();

        // A level is checked once, when it is first met: a million rows hold a handful of codes.
        private readonly List<string?> verdicts = [];
        private readonly HashSet<string>? codes = field.Constraints.Codes?.ToHashSet(StringComparer.Ordinal);

        internal override bool Has(int row) => cells.Count > row;

        internal override void Truncate(int rows) => cells.Truncate(rows);

        internal override Column Join(IReadOnlyList<CellReader> parts, IReadOnlyList<int> rows) =>
            TextCells.Join(Field.Name, [.. parts.Select(part => ((TextReaderOf)part).cells)], rows);

        protected override string? AddPresent(ReadOnlySpan<byte> cell, int row)
        {
            if (!IsKept && codes is null && Field.Constraints.Pattern is null) return null;
            var code = cells.CodeOf(cell);
            if (code == verdicts.Count) verdicts.Add(Judge(cell));
            if (verdicts[code] is not { } expected)
            {
                if (IsKept) cells.Add(row, code);
                return null;
            }

            return expected;
        }

        private string? Judge(ReadOnlySpan<byte> cell)
        {
            if (codes is null && Field.Constraints.Pattern is null) return null;
            var text = Encoding.UTF8.GetString(cell);
            if (codes is not null && !(Field.Separator is { } mark ? text.Split(mark) : [text]).All(codes.Contains))
                return codes.Count <= 24 ? "one of " + string.Join(' ', Field.Constraints.Codes!) : $"a code of the list {Field.CodeList}";
            return Field.Constraints.Pattern is { } pattern && !pattern.IsMatch(text)
                ? "text of the form " + pattern.ToString()[4..^2]
                : null;
        }
    }

    private sealed class DateReader(Field field, byte[][] missingValues)
        : ValueReader<int>(field, missingValues, DateColumn.Missing)
    {
        private readonly int first = (field.Constraints.MinimumDate ?? DateOnly.MinValue).DayNumber;
        private readonly int last = (field.Constraints.MaximumDate ?? DateOnly.MaxValue).DayNumber;

        protected override Column Make(int[] all) => new DateColumn(Field.Name, all);

        protected override string? AddPresent(ReadOnlySpan<byte> cell, int row)
        {
            if (!CellValues.TryDate(cell, out var day)) return "a date as yyyy-MM-dd";
            if (day < first) return FormattableString.Invariant($"a date from {DateOnly.FromDayNumber(first):yyyy-MM-dd} on");
            return day > last
                ? FormattableString.Invariant($"a date up to {DateOnly.FromDayNumber(last):yyyy-MM-dd}")
                : Accept(row, day);
        }
    }

    private sealed class FlagReader(Field field, byte[][] missingValues)
        : ValueReader<sbyte>(field, missingValues, FlagColumn.Missing)
    {
        protected override Column Make(sbyte[] all) => new FlagColumn(Field.Name, all);

        protected override string? AddPresent(ReadOnlySpan<byte> cell, int row) =>
            CellValues.TryFlag(cell, out var flag) ? Accept(row, flag) : "true, false, 1 or 0";
    }

    private sealed class IntegerReader(Field field, byte[][] missingValues)
        : ValueReader<int>(field, missingValues, IntegerColumn.Missing)
    {
        protected override Column Make(int[] all) => new IntegerColumn(Field.Name, all);

        protected override string? AddPresent(ReadOnlySpan<byte> cell, int row) =>
            CellValues.TryWhole(cell, out var value) ? OutOfRange(value) ?? Accept(row, value) : "a whole number";
    }

    private sealed class NumberReader(Field field, byte[][] missingValues)
        : ValueReader<double>(field, missingValues, double.NaN)
    {
        protected override Column Make(double[] all) => new NumberColumn(Field.Name, all);

        protected override string? AddPresent(ReadOnlySpan<byte> cell, int row) =>
            CellValues.TryNumber(cell, out var value)
                ? OutOfRange(value) ?? Accept(row, value)
                : "a number with a point as the decimal mark";
    }
}
