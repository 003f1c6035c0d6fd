using Caseload.Frames;

namespace Caseload.Schemas;

/// <summary>
/// Grows the rows of a table, cell by cell, from whatever holds them. A cell that breaks the contract is told and becomes missing; a row
/// that lacks a required cell is left out and counted under its reason.
/// </summary>
public sealed class TableBuilder
{
    /// <summary>The most findings that are kept; the others are counted.</summary>
    public const int FindingLimit = 1000;

    private readonly CellReader[] readers;
    private readonly TextColumnBuilder files = new(TableReader.FileColumn);
    private readonly IntegerColumnBuilder lines = new(TableReader.LineColumn);
    private readonly List<CellFinding> findings = [];
    private readonly SortedDictionary<string, int> exclusions = new(StringComparer.Ordinal);
    private readonly List<string> notes = [];
    private int findingCount;
    private int rowsRead;

    /// <summary>A builder for a table.</summary>
    /// <param name="schema">The table's contract.</param>
    public TableBuilder(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        readers = [.. schema.Fields.Select(field => CellReader.For(field, schema.MissingValues))];
    }

    /// <summary>The table's contract.</summary>
    public TableSchema Schema { get; }

    /// <summary>What a row's number counts: the lines of a file, the rows of a query. Default: line.</summary>
    public string Unit { get; init; } = "line";

    /// <summary>The number of rows kept so far.</summary>
    public int Count => lines.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="file">The file that it stands in.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="cells">The text of each field in the order of the schema; empty where it is missing.</param>
    /// <param name="rows">How many equal rows it stands for.</param>
    public void AddRow(string file, long line, ReadOnlySpan<string> cells, int rows = 1)
    {
        rowsRead += rows;
        string? reason = null;
        for (var i = 0; i < readers.Length; i++)
        {
            if (readers[i].Add(cells[i]) is not { } expected) continue;
            var field = readers[i].Field;
            Report(new CellFinding(file, line, field.Name, CellShape.Show(field, cells[i]), expected), rows);
            if (field.Constraints.Required)
                reason ??= $"{field.Title} {(Schema.MissingValues.Contains(cells[i]) ? "missing" : "not readable")}";
        }

        if (reason is null)
        {
            files.Add(file);
            lines.Add((int)Math.Min(line, int.MaxValue));
            return;
        }

        foreach (var reader in readers) reader.Builder.Truncate(Count);
        Exclude(reason, rows);
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

    /// <summary>What was read.</summary>
    public TableReading Build()
    {
        var frame = new Frame([.. readers.Select(r => r.Builder.ToColumn()), files.Build(), lines.ToColumn()]);
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
                file[row]!, line.Values[row], string.Join(" + ", key), $"the same key as on {Unit} {line.Values[seen[value]]}", "every key once"));
        }
    }
}
