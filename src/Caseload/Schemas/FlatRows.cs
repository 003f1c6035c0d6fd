namespace Caseload.Schemas;

/// <summary>The rows of a table as text, one at a time, whatever holds them: a file or a query.</summary>
internal abstract class FlatRows : IDisposable
{
    /// <summary>The names of the columns.</summary>
    internal abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Where the rows stand, for findings.</summary>
    internal abstract string Source { get; }

    /// <summary>Where the names of the columns stand, for messages.</summary>
    internal abstract string HeaderPlace { get; }

    /// <summary>The number of the current row: its line in a file, its row of a query, from 1.</summary>
    internal abstract long Line { get; }

    /// <summary>Whether the current row has a cell for every column.</summary>
    internal abstract bool IsWhole { get; }

    /// <summary>The place of a column, or -1 where there is none of this name.</summary>
    internal abstract int Find(string column);

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    internal abstract bool Read();

    /// <summary>The text of a cell of the current row.</summary>
    internal abstract string Text(int column);

    /// <summary>The text of a cell in UTF-8; the bytes stand until the next cell is asked for.</summary>
    internal abstract ReadOnlySpan<byte> Bytes(int column);

    /// <inheritdoc/>
    public abstract void Dispose();
}
