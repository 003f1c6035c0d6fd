using System.Text;
using Caseload.Frames;

namespace Caseload.Schemas;

/// <summary>
/// Grows the rows of a table, cell by cell, from whatever holds them. A cell that breaks the contract is told and becomes missing; a row
/// that lacks a required cell is left out and counted under its reason. Files may be read side by side, each into a builder of its own;
/// <see cref="Join"/> gives what one builder would have given that read them one after another.
/// </summary>
public sealed class TableBuilder
{
    /// <summary>The most findings that are kept; the others are counted.</summary>
    public const int FindingLimit = 1000;

    private readonly CellReader[] readers;
    private readonly CellReader[] required;
    private readonly SourcePlaces places = new();
    private readonly List<CellFinding> findings = [];
    private readonly SortedDictionary<string, int> exclusions = new(StringComparer.Ordinal);
    private readonly List<string> notes = [];
    private int findingCount;
    private int rowsRead;
    private (string File, long Line, int Rows, string? Reason) current = ("", 0, 1, null);

    /// <summary>A builder for a table.</summary>
    /// <param name="schema">The table's contract.</param>
    /// <param name="leftAside">
    /// Columns whose cells are held against the contract and then left aside; the table will lack them. Columns that are required, or of
    /// which every value must be different, are kept all the same.
    /// </param>
    public TableBuilder(TableSchema schema, IReadOnlyCollection<string>? leftAside = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        var missing = schema.MissingValues.Select(Encoding.UTF8.GetBytes).ToArray();
        bool IsKept(Field field) => leftAside is null || field.Constraints.Required || field.Constraints.Unique
            || schema.PrimaryKey.Contains(field.Name) || !leftAside.Contains(field.Name);
        readers = [.. schema.Fields.Select(field => CellReader.For(field, missing, IsKept(field)))];
        required = [.. readers.Where(reader => reader.Field.Constraints.Required)];
    }

    /// <summary>The table's contract.</summary>
    public TableSchema Schema { get; }

    /// <summary>What a row's number counts: the lines of a file, the rows of a query. Default: line.</summary>
    public string Unit { get; init; } = "line";

    /// <summary>The number of rows kept so far.</summary>
    public int Count => places.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="file">The file that it stands in.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="cells">The text of each field in the order of the schema; empty where it is missing.</param>
    /// <param name="rows">How many equal rows it stands for.</param>
    public void AddRow(string file, long line, ReadOnlySpan<string> cells, int rows = 1)
    {
        StartRow(file, line, rows);
        Span<byte> small = stackalloc byte[256];
        for (var i = 0; i < readers.Length; i++)
        {
            var bytes = cells[i].Length * 3 <= small.Length ? small : new byte[cells[i].Length * 3];
            AddCell(i, bytes[..Encoding.UTF8.GetBytes(cells[i], bytes)]);
        }

        EndRow();
    }

    /// <summary>Starts a row, to be given cell by cell as bytes and ended by <see cref="EndRow"/>. Cells not given are missing.</summary>
    /// <param name="file">The file that it stands in.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="rows">How many equal rows it stands for.</param>
    public void StartRow(string file, long line, int rows = 1)
    {
        rowsRead += rows;
        current = (file, line, rows, null);
    }

    /// <summary>Gives a cell of the row that was started.</summary>
    /// <param name="field">The field, by its place in the schema.</param>
    /// <param name="cell">The cell's text in UTF-8; it is not kept. Of a cell given twice the last good value stays.</param>
    public void AddCell(int field, ReadOnlySpan<byte> cell)
    {
        if (readers[field].Add(cell, Count) is { } expected) Refuse(readers[field], cell, expected);
    }

    /// <summary>Ends the row that was started: it is kept, or left out where it lacks a required cell.</summary>
    public void EndRow()
    {
        foreach (var reader in required)
        {
            if (current.Reason is null && !reader.Has(Count)) Refuse(reader, [], "a value: it is required");
        }

        if (current.Reason is null)
        {
            places.Add(current.File, current.Line);
            return;
        }

        foreach (var reader in readers) reader.Truncate(Count);
        Exclude(current.Reason, current.Rows);
    }

    /// <summary>Counts a row that never became cells, such as one that is cut short.</summary>
    /// <param name="finding">What is wrong with it.</param>
    /// <param name="reason">The reason under which it is counted.</param>
    public void RejectRow(CellFinding finding, string reason)
    {
        rowsRead++;
        Report(finding);
        Exclude(reason);
    }

    /// <summary>Notes something that a person should know.</summary>
    /// <param name="note">A sentence.</param>
    public void Note(string note)
    {
        if (!notes.Contains(note)) notes.Add(note);
    }

    /// <summary>What was read; the builder is empty afterwards.</summary>
    public TableReading Build() => Join([this]);

    /// <summary>What several builders of one table read, one behind another; they are empty afterwards.</summary>
    /// <param name="parts">The builders, in the order of their files.</param>
    public static TableReading Join(IReadOnlyList<TableBuilder> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var all = new TableBuilder(parts[0].Schema) { Unit = parts[0].Unit };
        foreach (var part in parts)
        {
            all.rowsRead += part.rowsRead;
            all.findingCount += part.findingCount;
            all.findings.AddRange(part.findings.Take(FindingLimit - all.findings.Count));
            foreach (var (reason, rows) in part.exclusions) all.exclusions[reason] = all.exclusions.GetValueOrDefault(reason) + rows;
            foreach (var note in part.notes) all.Note(note);
        }

        return all.Finish(JoinColumns(parts));
    }

    private static Frame JoinColumns(IReadOnlyList<TableBuilder> parts)
    {
        var rows = parts.Select(part => part.Count).ToArray();
        var kept = parts[0].readers.Index().Where(r => r.Item.IsKept).Select(r => r.Index).ToArray();
        var columns = new Column[kept.Length];

        // The longest work first: texts take longer than numbers.
        var order = Enumerable.Range(0, kept.Length).OrderByDescending(i => parts[0].readers[kept[i]].Field.Type == FieldType.String);
        Parallel.ForEach(order, i =>
        {
            CellReader[] readers = [.. parts.Select(part => part.readers[kept[i]])];
            columns[i] = readers[0].Join(readers, rows);
        });
        return new Frame([.. columns, .. SourcePlaces.Join([.. parts.Select(part => part.places)])]);
    }

    private TableReading Finish(Frame frame)
    {
        var repeats = new HashSet<int>();
        foreach (var field in Schema.Fields.Where(f => f.Constraints.Unique)) FindRepeats(frame, [field.Name], repeats);
        if (Schema.PrimaryKey.Count > 0) FindRepeats(frame, Schema.PrimaryKey, repeats);
        if (repeats.Count > 0)
        {
            exclusions["Key that an earlier row has"] = repeats.Count;
            frame = frame.Filter(row => !repeats.Contains(row));
        }

        return new TableReading(
            frame, rowsRead, findings, findingCount, [.. exclusions.Select(e => new Exclusion(e.Key, e.Value))], notes);
    }

    private void Refuse(CellReader reader, ReadOnlySpan<byte> cell, string expected)
    {
        var field = reader.Field;
        var found = findings.Count < FindingLimit ? CellShape.Show(field, Encoding.UTF8.GetString(cell)) : "";
        Report(new CellFinding(current.File, current.Line, field.Name, found, expected), current.Rows);
        if (field.Constraints.Required) current.Reason ??= $"{field.Title} {(reader.IsMissing(cell) ? "missing" : "not readable")}";
    }

    private void Report(CellFinding finding, int rows = 1)
    {
        findingCount += rows;
        if (findings.Count < FindingLimit) findings.Add(Unit == finding.Unit ? finding : finding with { Unit = Unit });
    }

    private void Exclude(string reason, int rows = 1) => exclusions[reason] = exclusions.GetValueOrDefault(reason) + rows;

    // A row whose key an earlier row has is told once, and left out.
    private void FindRepeats(Frame frame, IReadOnlyList<string> key, HashSet<int> repeats)
    {
        var columns = key.Select(name => frame[name]).ToArray();
        var (file, line) = ((TextColumn)frame[TableReader.FileColumn], frame.Integer(TableReader.LineColumn));
        var seen = new Dictionary<string, int>(frame.RowCount, StringComparer.Ordinal);
        for (var row = 0; row < frame.RowCount; row++)
        {
            if (columns.All(c => c.IsMissing(row))) continue;
            var value = columns.Length == 1 ? columns[0].Format(row) : string.Join('\u001f', columns.Select(c => c.Format(row)));
            if (seen.TryAdd(value, row) || !repeats.Add(row)) continue;
            Report(new CellFinding(
                file[row]!, line.Values[row], string.Join(" + ", key),
                $"the same key as on {Unit} {line.Values[seen[value]]}", "every key once"));
        }
    }
}
