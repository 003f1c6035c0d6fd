namespace Caseload.Frames;

/// <summary>Grows a column cell by cell.</summary>
/// <param name="name">The name of the column.</param>
public abstract class ColumnBuilder(string name)
{
    /// <summary>The name of the column.</summary>
    public string Name { get; } = name;

    /// <summary>The number of cells so far.</summary>
    public abstract int Count { get; }

    /// <summary>Adds a missing cell.</summary>
    public abstract void AddMissing();

    /// <summary>Takes the cells after the first ones away again.</summary>
    /// <param name="count">How many cells stay.</param>
    public abstract void Truncate(int count);

    /// <summary>The column of all cells added.</summary>
    public abstract Column ToColumn();
}

/// <summary>Grows a column that is backed by an array of one value type.</summary>
/// <typeparam name="T">The type of a cell.</typeparam>
/// <param name="name">The name of the column.</param>
/// <param name="missing">The value that stands for a missing cell.</param>
/// <param name="make">Makes the column of a name and its cells.</param>
public class ValueColumnBuilder<T>(string name, T missing, Func<string, T[], Column> make) : ColumnBuilder(name)
    where T : struct
{
    private readonly List<T> cells = [];

    /// <inheritdoc/>
    public override int Count => cells.Count;

    /// <summary>Adds a cell.</summary>
    /// <param name="value">The cell.</param>
    public void Add(T value) => cells.Add(value);

    /// <inheritdoc/>
    public override void AddMissing() => cells.Add(missing);

    /// <inheritdoc/>
    public override void Truncate(int count) => cells.RemoveRange(count, cells.Count - count);

    /// <inheritdoc/>
    public override Column ToColumn() => make(Name, [.. cells]);
}

/// <summary>Grows a <see cref="NumberColumn"/>.</summary>
/// <param name="name">The name of the column.</param>
public sealed class NumberColumnBuilder(string name)
    : ValueColumnBuilder<double>(name, double.NaN, static (n, cells) => new NumberColumn(n, cells));

/// <summary>Grows an <see cref="IntegerColumn"/>.</summary>
/// <param name="name">The name of the column.</param>
public sealed class IntegerColumnBuilder(string name)
    : ValueColumnBuilder<int>(name, IntegerColumn.Missing, static (n, cells) => new IntegerColumn(n, cells));

/// <summary>Grows a <see cref="DateColumn"/> of day numbers.</summary>
/// <param name="name">The name of the column.</param>
public sealed class DateColumnBuilder(string name)
    : ValueColumnBuilder<int>(name, DateColumn.Missing, static (n, cells) => new DateColumn(n, cells));

/// <summary>Grows a <see cref="FlagColumn"/>.</summary>
/// <param name="name">The name of the column.</param>
public sealed class FlagColumnBuilder(string name)
    : ValueColumnBuilder<sbyte>(name, FlagColumn.Missing, static (n, cells) => new FlagColumn(n, cells));

/// <summary>Grows a <see cref="TextColumn"/>, holding each distinct value once.</summary>
/// <param name="name">The name of the column.</param>
public sealed class TextColumnBuilder(string name) : ColumnBuilder(name)
{
    private readonly List<int> codes = [];
    private readonly List<string> levels = [];
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int Count => codes.Count;

    /// <summary>The distinct values so far, in order of first appearance.</summary>
    public IReadOnlyList<string> Levels => levels;

    /// <summary>Adds a cell; null is missing.</summary>
    /// <param name="value">The text.</param>
    public void Add(string? value)
    {
        if (value is null) AddMissing();
        else AddCode(CodeOf(value));
    }

    /// <summary>The number of a level, which is made where it is new.</summary>
    /// <param name="value">The text.</param>
    public int CodeOf(string value)
    {
        if (known.TryGetValue(value, out var code)) return code;
        code = levels.Count;
        levels.Add(value);
        known.Add(value, code);
        return code;
    }

    /// <summary>Adds a cell by the number of its level.</summary>
    /// <param name="code">A number that <see cref="CodeOf"/> gave.</param>
    public void AddCode(int code) => codes.Add(code);

    /// <inheritdoc/>
    public override void AddMissing() => codes.Add(TextColumn.Missing);

    /// <inheritdoc/>
    public override void Truncate(int count) => codes.RemoveRange(count, codes.Count - count);

    /// <inheritdoc/>
    public override Column ToColumn() => Build();

    /// <summary>The column of all cells added.</summary>
    public TextColumn Build() => new(Name, [.. codes], levels.ToArray());
}
