using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Frames.Databases;
using Caseload.Schemas;

namespace Caseload.Returns.Census;

/// <summary>
/// Walks through a flat table of returns, a row a referral, in a file or a query. The rows of a child (same authority, census year and
/// LAchildID) need not stand together: where they do not, the table is read in several passes, each of which gathers a part of the
/// children, so that memory stays bounded. Rows that are longer or shorter than the header are passed over here; whoever reads the table
/// counts them.
/// </summary>
public sealed class FlatWalk : CensusWalk
{
    /// <summary>About how many rows are held at a time where the rows of a child do not stand together.</summary>
    public const int RowsAPass = 200_000;

    private readonly Func<FlatRows> open;
    private readonly FlatCensusRow row;
    private readonly int rowsAPass;
    private readonly FileWatch? watch;
    private readonly RowOrder survey;
    private readonly bool together;

    private FlatWalk(Func<FlatRows> open, TableSchema schema, ColumnMap? map, int rowsAPass, FileWatch? watch)
    {
        (this.open, this.rowsAPass, this.watch) = (open, rowsAPass, watch);
        using var rows = open();
        row = new FlatCensusRow(schema, map, rows);
        File = rows.Source;
        Form = new CensusForm(true, row.Items);
        (survey, together) = Survey(rows);
    }

    /// <inheritdoc/>
    public override string File { get; }

    /// <inheritdoc/>
    public override string Unit => watch is null ? "row" : "line";

    /// <inheritdoc/>
    public override CensusForm Form { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Oddity> Oddities => [];

    /// <summary>Opens a file in CSV and reads it once, to see whether the rows of every child stand together.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The contract of the table "returns".</param>
    /// <param name="map">Takes the file's names to those of the contract, or null.</param>
    /// <param name="rowsAPass">About how many rows are held at a time where the rows of a child do not stand together; 1 or more.</param>
    /// <exception cref="ProblemException">It cannot be read, has no header, or lacks a column that the map names.</exception>
    public static FlatWalk Open(string path, TableSchema schema, ColumnMap? map = null, int rowsAPass = RowsAPass)
    {
        var watch = new FileWatch(path);
        return new FlatWalk(() => new FileRows(CsvRows.Open(path)), schema, map, rowsAPass, watch);
    }

    /// <summary>Takes a query, and runs it once, to see whether the rows of every child stand together.</summary>
    /// <param name="session">The database.</param>
    /// <param name="query">The query; with ORDER BY its row numbers mean the same in the next run.</param>
    /// <param name="schema">The contract of the table "returns".</param>
    /// <param name="map">Takes the query's names to those of the contract, or null.</param>
    /// <param name="rowsAPass">About how many rows are held at a time where the rows of a child do not stand together; 1 or more.</param>
    /// <exception cref="ProblemException">The query cannot be run, or lacks a column that the map names.</exception>
    public static FlatWalk Over(
        DatabaseSession session, DatabaseQuery query, TableSchema schema, ColumnMap? map = null, int rowsAPass = RowsAPass)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(query);
        return new FlatWalk(() => new QueryRows(session, query), schema, map, rowsAPass, null);
    }

    /// <inheritdoc/>
    public override IEnumerable<CensusChild> Children()
    {
        if (together)
        {
            foreach (var child in Adjacent()) yield return child;
        }
        else
        {
            var passes = (int)((survey.Count + rowsAPass - 1) / rowsAPass);
            for (var pass = 0; pass < passes; pass++)
            {
                foreach (var child in Gathered(pass, passes)) yield return child;
            }
        }

        watch?.RequireUnchanged();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Every pass opens the table and closes it.
    }

    // A share of the children that is the same on every machine and run.
    private static uint Share(in FlatChildKey key)
    {
        var hash = 2166136261u;
        foreach (var character in key.LAchildID) hash = (hash ^ character) * 16777619u;
        return hash ^ (hash >> 16);
    }

    private (RowOrder Order, bool Together) Survey(FlatRows rows)
    {
        var (order, adjoin) = (default(RowOrder), true);
        var seen = new HashSet<FlatChildKey>();
        FlatChildKey held = default;
        while (rows.Read())
        {
            if (!rows.IsWhole) continue;
            var key = row.KeyOf(rows);
            order = order.Then(Share(key));
            if (!adjoin || key.LAchildID.Length == 0 || key == held) continue;
            adjoin = seen.Add(held = key);
        }

        return (order, adjoin);
    }

    private IEnumerable<CensusChild> Adjacent()
    {
        CensusChild? child = null;
        FlatChildKey held = default;
        RowOrder order = default;
        foreach (var rows in WholeRows())
        {
            var key = row.KeyOf(rows);
            order = order.Then(Share(key));
            if (child is null || key != held || key.LAchildID.Length == 0)
            {
                if (child is not null) yield return child;
                (child, held) = (Begin(key, child, rows.Line), key);
            }

            row.AddTo(child, rows);
        }

        RequireSame(order);
        if (child is not null) yield return child;
    }

    private List<CensusChild> Gathered(int pass, int passes)
    {
        var children = new List<CensusChild>();
        var places = new Dictionary<FlatChildKey, CensusChild>();
        RowOrder order = default;
        foreach (var rows in WholeRows())
        {
            var key = row.KeyOf(rows);
            var share = Share(key);
            order = order.Then(share);
            if (share % passes != pass) continue;
            if (key.LAchildID.Length == 0 || !places.TryGetValue(key, out var child))
            {
                child = Begin(key, children.Count > 0 ? children[^1] : null, rows.Line);
                children.Add(child);
                if (key.LAchildID.Length > 0) places.Add(key, child);
            }

            row.AddTo(child, rows);
        }

        RequireSame(order);
        return children;
    }

    private CensusChild Begin(FlatChildKey key, CensusChild? before, long line) =>
        new(before is not null && before.Header.Lea == key.Lea && before.Header.Year == key.Year
            ? before.Header
            : new CensusHeader(File, key.Lea, key.Year), line);

    private IEnumerable<FlatRows> WholeRows()
    {
        using var rows = open();
        while (rows.Read())
        {
            if (rows.IsWhole) yield return rows;
        }
    }

    // A database owes nobody the same order twice, and a child whose rows are parted would be taken for two.
    private void RequireSame(RowOrder now)
    {
        if (now == survey) return;
        watch?.RequireUnchanged();
        throw InputFile.Unreadable("other rows, or rows in another order, than when they were read before", "the same rows each time", File,
            "Let the query say ORDER BY \"LEA\", \"Year\", \"LAchildID\", and run again when nothing else writes to the table.");
    }

    // Tells two readings apart by the number of their rows and the children that these belong to, in order.
    private readonly record struct RowOrder(long Count, ulong Trace)
    {
        internal RowOrder Then(uint share) => new(Count + 1, ((Trace ^ share) * 0x100000001B3) + 1);
    }
}
