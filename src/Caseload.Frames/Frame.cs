using Caseload.Frames.Csv;

namespace Caseload.Frames;

/// <summary>
/// An immutable table: named columns of equal length. Its members have the names that Microsoft.Data.Analysis gives the same ideas; each
/// gives a new frame and shares the columns that did not change.
/// </summary>
[TypeFormatterSource(typeof(FrameFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Frame
{
    private readonly Dictionary<string, Column> byName = new(StringComparer.Ordinal);

    /// <summary>A frame of columns.</summary>
    /// <param name="columns">The columns, of equal length and different names.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a name occurs twice.</exception>
    public Frame(IEnumerable<Column> columns)
    {
        Columns = [.. columns];
        RowCount = Columns.Count == 0 ? 0 : Columns[0].Count;
        foreach (var column in Columns)
        {
            if (column.Count != RowCount)
                throw new ArgumentException(
                    $"Column {column.Name} has {column.Count} rows where {Columns[0].Name} has {RowCount}.", nameof(columns));
            if (!byName.TryAdd(column.Name, column))
                throw new ArgumentException($"Two columns are named {column.Name}.", nameof(columns));
        }
    }

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>A column by its name.</summary>
    /// <param name="name">The name, case sensitive.</param>
    /// <exception cref="ProblemException">There is no such column; the message lists those there are.</exception>
    public Column this[string name] => Find(name) ?? throw new ProblemException(new Problem(
        ProblemKind.WrongUsage, $"no column named \"{name}\"", "one of " + string.Join(", ", Columns.Select(c => c.Name)), "",
        "Check the spelling: names are case sensitive."));

    /// <summary>Reads a CSV file whose schema is not known; see <see cref="CsvFile.Read"/>.</summary>
    /// <param name="path">A file, a file that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    public static Frame LoadCsv(string path) => CsvFile.Read(path).Frame;

    /// <summary>Writes the frame as CSV; see <see cref="CsvFile.Write(Frame, string)"/>.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    public void SaveCsv(string path) => CsvFile.Write(this, path);

    /// <summary>A column by its name, or null.</summary>
    /// <param name="name">The name, case sensitive.</param>
    public Column? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>A column of numbers; whole numbers and flags (1 and 0) are converted.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ProblemException">There is no such column, or it holds dates or text.</exception>
    public NumberColumn Number(string name) => this[name] switch
    {
        NumberColumn numbers => numbers,
        IntegerColumn integers => new NumberColumn(name, Convert(integers.Values, static v => v == IntegerColumn.Missing ? double.NaN : v)),
        FlagColumn flags => new NumberColumn(name, Convert(flags.Values, static v => v < 0 ? double.NaN : v)),
        var other => throw WrongType(other, "numbers"),
    };

    /// <summary>A column of whole numbers.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ProblemException">There is no such column, or it is of another type.</exception>
    public IntegerColumn Integer(string name) => this[name] as IntegerColumn ?? throw WrongType(this[name], "whole numbers");

    /// <summary>A column of dates.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ProblemException">There is no such column, or it is of another type.</exception>
    public DateColumn Date(string name) => this[name] as DateColumn ?? throw WrongType(this[name], "dates");

    /// <summary>A column of truth values.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ProblemException">There is no such column, or it is of another type.</exception>
    public FlagColumn Flag(string name) => this[name] as FlagColumn ?? throw WrongType(this[name], "true or false");

    /// <summary>A column of text; any other type is written out as in a CSV file.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ProblemException">There is no such column.</exception>
    public TextColumn Text(string name) => this[name] is TextColumn text
        ? text
        : TextColumn.Of(name, Enumerable.Range(0, RowCount).Select(row => this[name].IsMissing(row) ? null : this[name].Format(row)));

    /// <summary>The columns named, in that order.</summary>
    /// <param name="names">The names.</param>
    public Frame Select(params ReadOnlySpan<string> names)
    {
        var chosen = new List<Column>(names.Length);
        foreach (var name in names) chosen.Add(this[name]);
        return new Frame(chosen);
    }

    /// <summary>The frame with a column added at the end, or in place of the one of that name.</summary>
    /// <param name="column">The column.</param>
    public Frame With(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Find(column.Name) is null
            ? new Frame(Columns.Append(column))
            : new Frame(Columns.Select(c => c.Name == column.Name ? column : c));
    }

    /// <summary>The first rows.</summary>
    /// <param name="rows">How many.</param>
    public Frame Head(int rows = 5) => Take([.. Enumerable.Range(0, Math.Clamp(rows, 0, RowCount))]);

    /// <summary>The last rows.</summary>
    /// <param name="rows">How many.</param>
    public Frame Tail(int rows = 5)
    {
        var count = Math.Clamp(rows, 0, RowCount);
        return Take([.. Enumerable.Range(RowCount - count, count)]);
    }

    /// <summary>The rows whose number meets a condition, in their order.</summary>
    /// <param name="keep">Says of a row number, from 0, whether the row stays.</param>
    public Frame Filter(Func<int, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        return Take([.. Enumerable.Range(0, RowCount).Where(keep)]);
    }

    /// <summary>The rows in the order of a column, smallest first, missing cells last; equal rows keep their order.</summary>
    /// <param name="name">The column.</param>
    public Frame OrderBy(string name) => Order(name, 1);

    /// <summary>The rows in the order of a column, largest first, missing cells last; equal rows keep their order.</summary>
    /// <param name="name">The column.</param>
    public Frame OrderByDescending(string name) => Order(name, -1);

    /// <summary>Rows drawn without replacement, in their order in the frame; the same seed draws the same rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="seed">The seed.</param>
    public Frame Sample(int rows, int seed)
    {
        var all = Enumerable.Range(0, RowCount).ToArray();
        new Random(seed).Shuffle(all);
        var drawn = all[..Math.Clamp(rows, 0, RowCount)];
        Array.Sort(drawn);
        return Take(drawn);
    }

    /// <summary>The rows asked for, in their order.</summary>
    /// <param name="rows">Row numbers from 0; -1 gives a row of missing cells.</param>
    public Frame Take(int[] rows) => new(Columns.Select(c => c.Take(rows)));

    /// <summary>The rows grouped by the values of columns.</summary>
    /// <param name="names">The columns.</param>
    public FrameGroups GroupBy(params ReadOnlySpan<string> names) => FrameGroups.Of(Select(names), this);

    /// <summary>One row a column: its name, type, and the number of cells that are present and missing.</summary>
    public Frame Info() => FrameSummaries.Info(this);

    /// <summary>One row a column of numbers: count, missing, mean, standard deviation, minimum, quartiles, maximum.</summary>
    public Frame Description() => FrameSummaries.Description(this);

    /// <summary>Each row of this frame with the row of another that has the same key; the key's name is shared.</summary>
    /// <param name="other">The other frame; each key stands in it once.</param>
    /// <param name="key">The column that both have.</param>
    /// <returns>All rows of this frame; missing cells where the other has no such key.</returns>
    /// <exception cref="ProblemException">A key occurs twice in the other frame, or the frames share another name.</exception>
    public Frame Merge(Frame other, string key) => FrameMerge.Left(this, other, key);

    /// <inheritdoc/>
    public override string ToString() => FrameText.Table(this, rows: 20);

    private Frame Order(string name, int sign)
    {
        var column = this[name];
        var rows = Enumerable.Range(0, RowCount).ToArray();
        var sorted = rows.Order(Comparer<int>.Create((a, b) =>
        {
            var missing = column.IsMissing(a) || column.IsMissing(b);
            var order = column.Compare(a, b) * (missing ? 1 : sign);
            return order != 0 ? order : a.CompareTo(b);
        }));
        return Take([.. sorted]);
    }

    private static double[] Convert<T>(ReadOnlySpan<T> values, Func<T, double> convert)
    {
        var numbers = new double[values.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = convert(values[i]);
        return numbers;
    }

    private static ProblemException WrongType(Column column, string expected) => new(new Problem(
        ProblemKind.WrongUsage, $"the column \"{column.Name}\" holds {Describe(column.Type)}", expected, "",
        "Choose another column, or convert this one."));

    private static string Describe(ColumnType type) => type switch
    {
        ColumnType.Number => "numbers",
        ColumnType.Integer => "whole numbers",
        ColumnType.Date => "dates",
        ColumnType.Flag => "true or false",
        _ => "text",
    };
}
