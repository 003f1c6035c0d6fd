using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Returns.Census;

/// <summary>
/// Walks through a flat table of returns, a row a referral. The rows of a child (same authority, census year and LAchildID) need not stand
/// together: where they do not, the file is read in several passes, each of which gathers a part of the children, so that memory stays
/// bounded. Rows that are longer or shorter than the header are passed over here; whoever reads the table counts them.
/// </summary>
public sealed class CsvWalk : CensusWalk
{
    /// <summary>About how many rows are held at a time where the rows of a child do not stand together.</summary>
    public const int RowsAPass = 200_000;

    private readonly string path;
    private readonly CsvCensusRow row;
    private readonly int rowsAPass;

    private CsvWalk(string path, IReadOnlyList<string> columns, string name, int rowsAPass)
    {
        this.path = path;
        this.rowsAPass = rowsAPass;
        File = name;
        Form = new CensusForm(true, columns.ToHashSet(StringComparer.Ordinal));
        row = new CsvCensusRow(columns);
    }

    /// <inheritdoc/>
    public override string File { get; }

    /// <inheritdoc/>
    public override CensusForm Form { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Oddity> Oddities => [];

    /// <summary>Opens a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rowsAPass">About how many rows are held at a time where the rows of a child do not stand together; 1 or more.</param>
    /// <exception cref="ProblemException">It cannot be read, or has no header.</exception>
    public static CsvWalk Open(string path, int rowsAPass = RowsAPass)
    {
        using var rows = CsvRows.Open(path);
        return new CsvWalk(path, rows.Header, rows.Source, rowsAPass);
    }

    /// <inheritdoc/>
    public override IEnumerable<CensusChild> Children()
    {
        var (count, together) = Survey();
        if (together) return Adjacent();
        var passes = (int)((count + rowsAPass - 1) / rowsAPass);
        return Enumerable.Range(0, passes).SelectMany(pass => Gathered(pass, passes));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Every pass opens the file and closes it.
    }

    // A share of the children that is the same on every machine and run.
    private static uint Share(in CsvChildKey key)
    {
        var hash = 2166136261u;
        foreach (var character in key.LAchildID) hash = (hash ^ character) * 16777619u;
        return hash ^ (hash >> 16);
    }

    private (long Rows, bool Together) Survey()
    {
        var (count, together) = (0L, true);
        var seen = new HashSet<CsvChildKey>();
        CsvChildKey held = default;
        foreach (var rows in WholeRows())
        {
            count++;
            var key = row.KeyOf(rows);
            if (!together || key.LAchildID.Length == 0 || key == held) continue;
            together = seen.Add(held = key);
        }

        return (count, together);
    }

    private IEnumerable<CensusChild> Adjacent()
    {
        CensusChild? child = null;
        CsvChildKey held = default;
        foreach (var rows in WholeRows())
        {
            var key = row.KeyOf(rows);
            if (child is null || key != held || key.LAchildID.Length == 0)
            {
                if (child is not null) yield return child;
                (child, held) = (Begin(key, child, rows.Line), key);
            }

            row.AddTo(child, rows);
        }

        if (child is not null) yield return child;
    }

    private List<CensusChild> Gathered(int pass, int passes)
    {
        var children = new List<CensusChild>();
        var places = new Dictionary<CsvChildKey, CensusChild>();
        foreach (var rows in WholeRows())
        {
            var key = row.KeyOf(rows);
            if (Share(key) % passes != pass) continue;
            if (key.LAchildID.Length == 0 || !places.TryGetValue(key, out var child))
            {
                child = Begin(key, children.Count > 0 ? children[^1] : null, rows.Line);
                children.Add(child);
                if (key.LAchildID.Length > 0) places.Add(key, child);
            }

            row.AddTo(child, rows);
        }

        return children;
    }

    private CensusChild Begin(CsvChildKey key, CensusChild? before, long line) =>
        new(before is not null && before.Header.Lea == key.Lea && before.Header.Year == key.Year
            ? before.Header
            : new CensusHeader(File, key.Lea, key.Year), line);

    private IEnumerable<CsvRows> WholeRows()
    {
        using var rows = CsvRows.Open(path);
        while (rows.Read())
        {
            if (rows.CellCount == rows.Header.Count) yield return rows;
        }
    }
}
