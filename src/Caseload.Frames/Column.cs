namespace Caseload.Frames;

/// <summary>What a column holds.</summary>
public enum ColumnType
{
    /// <summary>Double precision numbers.</summary>
    Number,

    /// <summary>Whole numbers of 32 bits.</summary>
    Integer,

    /// <summary>Dates without a time.</summary>
    Date,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Text, held once for each distinct value.</summary>
    Text,
}

/// <summary>
/// A named, immutable column of one type. A cell may be missing. Columns are shared between frames, never changed.
/// </summary>
/// <param name="name">The name, case sensitive.</param>
/// <param name="count">The number of rows.</param>
public abstract class Column(string name, int count)
{
    /// <summary>The name, case sensitive.</summary>
    public string Name { get; } = name;

    /// <summary>The number of rows.</summary>
    public int Count { get; } = count;

    /// <summary>What the column holds.</summary>
    public abstract ColumnType Type { get; }

    /// <summary>Whether the cell of a row is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    public abstract bool IsMissing(int row);

    /// <summary>The cell as it is written in a CSV file: invariant culture, ISO dates, empty where missing.</summary>
    /// <param name="row">The row, from 0.</param>
    public abstract string Format(int row);

    /// <summary>The column of the rows asked for, in their order.</summary>
    /// <param name="rows">Row numbers from 0; one may occur more than once; -1 gives a missing cell.</param>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>The same cells under another name.</summary>
    /// <param name="newName">The new name.</param>
    public abstract Column Rename(string newName);

    /// <summary>Orders two rows: missing cells last, text ordinally.</summary>
    /// <param name="left">A row.</param>
    /// <param name="right">Another row.</param>
    public abstract int Compare(int left, int right);

    /// <summary>The number of missing cells.</summary>
    public int MissingCount
    {
        get
        {
            var missing = 0;
            for (var row = 0; row < Count; row++) missing += IsMissing(row) ? 1 : 0;
            return missing;
        }
    }
}
