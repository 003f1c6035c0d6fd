using System.Globalization;

namespace Caseload.Frames;

/// <summary>A column of double precision numbers; not-a-number is a missing cell.</summary>
/// <param name="name">The name.</param>
/// <param name="values">The cells. The column takes the array over: do not change it afterwards.</param>
public sealed class NumberColumn(string name, double[] values) : Column(name, values.Length)
{
    /// <summary>The cells; not-a-number where missing.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Number;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(values[row]);

    /// <inheritdoc/>
    public override string Format(int row) => IsMissing(row) ? "" : values[row].ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new NumberColumn(Name, Cells.Take(values, rows, double.NaN));

    /// <inheritdoc/>
    public override Column Rename(string newName) => new NumberColumn(newName, values);

    /// <inheritdoc/>
    public override int Compare(int left, int right) =>
        IsMissing(left) || IsMissing(right) ? IsMissing(left).CompareTo(IsMissing(right)) : values[left].CompareTo(values[right]);
}

/// <summary>A column of whole numbers; <see cref="Missing"/> is a missing cell.</summary>
/// <param name="name">The name.</param>
/// <param name="values">The cells. The column takes the array over: do not change it afterwards.</param>
public sealed class IntegerColumn(string name, int[] values) : Column(name, values.Length)
{
    /// <summary>The value that stands for a missing cell.</summary>
    public const int Missing = int.MinValue;

    /// <summary>The cells; <see cref="Missing"/> where missing.</summary>
    public ReadOnlySpan<int> Values => values;

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Integer;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => values[row] == Missing;

    /// <inheritdoc/>
    public override string Format(int row) => IsMissing(row) ? "" : values[row].ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new IntegerColumn(Name, Cells.Take(values, rows, Missing));

    /// <inheritdoc/>
    public override Column Rename(string newName) => new IntegerColumn(newName, values);

    /// <inheritdoc/>
    public override int Compare(int left, int right) =>
        IsMissing(left) || IsMissing(right) ? IsMissing(left).CompareTo(IsMissing(right)) : values[left].CompareTo(values[right]);
}

/// <summary>A column of dates, held as day numbers (0 is 1 January of the year 1); <see cref="Missing"/> is a missing cell.</summary>
/// <param name="name">The name.</param>
/// <param name="days">The day numbers. The column takes the array over: do not change it afterwards.</param>
public sealed class DateColumn(string name, int[] days) : Column(name, days.Length)
{
    /// <summary>The day number that stands for a missing cell.</summary>
    public const int Missing = int.MinValue;

    /// <summary>The day numbers (<see cref="DateOnly.DayNumber"/>); <see cref="Missing"/> where missing.</summary>
    public ReadOnlySpan<int> Days => days;

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Date;

    /// <summary>The date of a row, or null where it is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    public DateOnly? this[int row] => IsMissing(row) ? null : DateOnly.FromDayNumber(days[row]);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => days[row] == Missing;

    /// <inheritdoc/>
    public override string Format(int row) =>
        IsMissing(row) ? "" : DateOnly.FromDayNumber(days[row]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new DateColumn(Name, Cells.Take(days, rows, Missing));

    /// <inheritdoc/>
    public override Column Rename(string newName) => new DateColumn(newName, days);

    /// <inheritdoc/>
    public override int Compare(int left, int right) =>
        IsMissing(left) || IsMissing(right) ? IsMissing(left).CompareTo(IsMissing(right)) : days[left].CompareTo(days[right]);
}

/// <summary>A column of truth values: 1 true, 0 false, -1 missing.</summary>
/// <param name="name">The name.</param>
/// <param name="values">The cells. The column takes the array over: do not change it afterwards.</param>
public sealed class FlagColumn(string name, sbyte[] values) : Column(name, values.Length)
{
    /// <summary>The value that stands for a missing cell.</summary>
    public const sbyte Missing = -1;

    /// <summary>The cells: 1 true, 0 false, -1 missing.</summary>
    public ReadOnlySpan<sbyte> Values => values;

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Flag;

    /// <summary>The truth value of a row, or null where it is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    public bool? this[int row] => IsMissing(row) ? null : values[row] == 1;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => values[row] < 0;

    /// <inheritdoc/>
    public override string Format(int row) => values[row] switch { 1 => "true", 0 => "false", _ => "" };

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new FlagColumn(Name, Cells.Take(values, rows, Missing));

    /// <inheritdoc/>
    public override Column Rename(string newName) => new FlagColumn(newName, values);

    /// <inheritdoc/>
    public override int Compare(int left, int right) =>
        IsMissing(left) || IsMissing(right) ? IsMissing(left).CompareTo(IsMissing(right)) : values[left].CompareTo(values[right]);
}

/// <summary>
/// A column of text. Each distinct value is held once, as a level; a row holds the number of its level, or -1 where it is missing.
/// </summary>
/// <param name="name">The name.</param>
/// <param name="codes">A level's number for each row, or -1. The column takes the array over.</param>
/// <param name="levels">The distinct values, in order of first appearance unless the maker sorted them.</param>
public sealed class TextColumn(string name, int[] codes, IReadOnlyList<string> levels) : Column(name, codes.Length)
{
    /// <summary>The code that stands for a missing cell.</summary>
    public const int Missing = -1;

    /// <summary>A level's number for each row; -1 where missing.</summary>
    public ReadOnlySpan<int> Codes => codes;

    /// <summary>The distinct values.</summary>
    public IReadOnlyList<string> Levels { get; } = levels;

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Text;

    /// <summary>The text of a row, or null where it is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    public string? this[int row] => codes[row] < 0 ? null : Levels[codes[row]];

    /// <summary>A text column made of values; null is missing.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">The cells.</param>
    public static TextColumn Of(string name, IEnumerable<string?> values)
    {
        var builder = new TextColumnBuilder(name);
        foreach (var value in values) builder.Add(value);
        return builder.Build();
    }

    /// <inheritdoc/>
    public override bool IsMissing(int row) => codes[row] < 0;

    /// <inheritdoc/>
    public override string Format(int row) => this[row] ?? "";

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new TextColumn(Name, Cells.Take(codes, rows, Missing), Levels);

    /// <inheritdoc/>
    public override Column Rename(string newName) => new TextColumn(newName, codes, Levels);

    /// <inheritdoc/>
    public override int Compare(int left, int right) =>
        IsMissing(left) || IsMissing(right)
            ? IsMissing(left).CompareTo(IsMissing(right))
            : string.CompareOrdinal(Levels[codes[left]], Levels[codes[right]]);
}

/// <summary>What the column types share.</summary>
internal static class Cells
{
    internal static T[] Take<T>(T[] values, ReadOnlySpan<int> rows, T missing)
    {
        var taken = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++) taken[i] = rows[i] < 0 ? missing : values[rows[i]];
        return taken;
    }
}
