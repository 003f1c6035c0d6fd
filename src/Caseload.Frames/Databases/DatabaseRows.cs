using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Caseload.Frames.Databases;

/// <summary>The rows of a query, one at a time: no more than one is held.</summary>
public sealed class DatabaseRows : IDisposable
{
    private readonly DbCommand? command;
    private readonly DatabaseSettings settings;
    private readonly DatabaseErrors errors;
    private readonly SqlStatement statement;
    private CancellationTokenRegistration cancelling;
    private DbDataReader reader = null!;
    private string[] types = [];

    internal DatabaseRows(DbCommand command, SqlStatement statement, DatabaseSettings settings)
        : this(statement, settings) => this.command = command;

    // The rows of a reader that somebody else opened and closes.
    internal DatabaseRows(DbDataReader reader)
        : this(DatabaseQuery.Parse("a reader", "the reader").Alone, new DatabaseSettings()) => Take(reader);

    private DatabaseRows(SqlStatement statement, DatabaseSettings settings) =>
        (this.statement, this.settings, errors) = (statement, settings, new DatabaseErrors(settings));

    /// <summary>The names of the columns, in the order of the query.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The number of the current row, from 1; 0 before the first.</summary>
    public long Row { get; private set; }

    /// <summary>The place of the current row in messages.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{statement.Query.Place}, row {Row}");

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ProblemException">The database failed or was cancelled (unreadable).</exception>
    public bool Read()
    {
        if (!errors.Guard(statement, ReadNext)) return false;
        Row++;
        return true;
    }

    /// <summary>A cell of the current row as it would stand in a CSV file: ISO dates, true and false, empty where it is NULL.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="ProblemException">The cell is of a type that cannot be written so (unreadable).</exception>
    public string Text(int column) => Cell(column).ToString();

    /// <inheritdoc/>
    public void Dispose()
    {
        cancelling.Dispose();
        if (command is null) return;

        // What a failed connection says at its end was said before.
        try
        {
            reader?.Dispose();
            command.Dispose();
        }
        catch (DbException)
        {
        }
    }

    internal void Execute()
    {
        cancelling = settings.Cancellation.Register(command!.Cancel);
        Take(errors.Guard(statement, () => command!.ExecuteReader(CommandBehavior.SingleResult)));
    }

    /// <summary>A cell of the current row.</summary>
    internal DatabaseCell Cell(int column)
    {
        object value;
        try
        {
            value = reader.GetValue(column);
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException)
        {
            throw Unsupported(column, e);
        }

        var cell = DatabaseCell.Of(value) ?? throw Unsupported(column, null);
        return cell.Kind switch
        {
            CellKind.Whole when IsFlag(column) && cell.Whole is 0 or 1 => cell with { Kind = CellKind.Flag },
            CellKind.Text when IsDate(column) && DateOnly.TryParseExact(
                cell.String, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) =>
                new DatabaseCell(CellKind.Date, date.DayNumber),
            _ => cell,
        };
    }

    /// <summary>What the database says that a column holds; text where it does not say.</summary>
    internal CellKind Declared(int column)
    {
        if (IsFlag(column)) return CellKind.Flag;
        if (IsDate(column)) return CellKind.Date;
        var type = errors.Guard(statement, () => reader.GetFieldType(column));
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => CellKind.Flag,
            >= TypeCode.SByte and <= TypeCode.UInt64 => CellKind.Whole,
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => CellKind.Number,
            TypeCode.DateTime => CellKind.Date,
            _ => type == typeof(DateOnly) ? CellKind.Date : CellKind.Text,
        };
    }

    /// <summary>The exception that says a cell cannot be used.</summary>
    internal ProblemException Refuse(int column, string found, string expected, string remedy, Exception? inner = null) =>
        new(new Problem(ProblemKind.Unreadable, found, expected, $"{settings.Name}: {Place}, column {Columns[column]}", remedy), inner);

    // A provider need not heed a command's Cancel.
    private bool ReadNext()
    {
        settings.Cancellation.ThrowIfCancellationRequested();
        return reader.Read();
    }

    private ProblemException Unsupported(int column, Exception? inner) => Refuse(column,
        inner is OverflowException
            ? "a number of more digits than can be read"
            : $"a value of the type {types[column]}"
                + (types[column].Contains("time", StringComparison.OrdinalIgnoreCase) ? " with a time of day" : ""),
        "text, numbers, true or false, or dates without a time of day",
        "Leave the column out of the query, or write it as CAST(column AS double precision), date or text.", inner);

    // SQLite keeps truth values as 1 and 0 and dates as text; what a table's column was declared as says which they are.
    private bool IsFlag(int column) => types[column].StartsWith("BOOL", StringComparison.OrdinalIgnoreCase);

    private bool IsDate(int column) => types[column].Equals("DATE", StringComparison.OrdinalIgnoreCase);

    private void Take(DbDataReader rows)
    {
        reader = rows;
        try
        {
            (Columns, types) = errors.Guard(statement, () => (
                Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray(),
                Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeName).ToArray()));
            RequireNames();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void RequireNames()
    {
        if (Columns.Count == 0)
            throw Wrong("a statement that gives no columns", "a query", "Write a SELECT.");
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Length == 0)
                throw Wrong($"column {i + 1} without a name", "a name for every column", "Name it with AS.");
            if (Columns.Take(i).Contains(Columns[i]))
                throw Repeated(Columns[i], $"{settings.Name}: {statement.Query.Place}");
        }
    }

    /// <summary>The exception that says two columns have one name.</summary>
    internal static ProblemException Repeated(string column, string where) => new(new Problem(ProblemKind.WrongUsage,
        $"the column name \"{column}\" twice", "every name once", where, "Name the columns of the query apart with AS."));

    private ProblemException Wrong(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, $"{settings.Name}: {statement.Query.Place}", remedy));
}
