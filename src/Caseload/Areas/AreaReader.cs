using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Schemas;

namespace Caseload.Areas;

/// <summary>
/// Turns rows of the contract's columns into areas. ONS codes become the three digits of their authority; what that leaves without an
/// authority, or twice in a year, is told and left out.
/// </summary>
internal sealed class AreaReader
{
    private const string Frame = "the frame";
    private readonly TableReading reading;
    private readonly List<CellFinding> findings;
    private readonly Dictionary<(string Authority, int Year), int> lines = [];
    private readonly List<string> unknown = [];
    private int mapped;
    private int unmapped;
    private int repeated;

    private AreaReader(TableReading reading) => (this.reading, findings) = (reading, [.. reading.Findings]);

    internal static AreaTable Read(TableSchema schema, string path)
    {
        try
        {
            return new AreaReader(TableReader.Read(schema, path)).Table(path);
        }
        catch (ProblemException e) when (e.Problem.Kind == ProblemKind.Unreadable && path != "-" && Published(path) is { } layout)
        {
            throw InputFile.Unreadable($"the layout of {layout.Name}", $"the columns {string.Join(", ", AreaColumns.Required)}", path,
                "Build an area table of the published files first: caseload areas --help.");
        }
    }

    internal static AreaTable Read(TableSchema schema, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var columns = schema.Fields.Select(f => frame.Find(f.Name)).ToArray();
        var absent = schema.Fields.Where((f, i) => columns[i] is null && !f.Optional).Select(f => f.Name).ToArray();
        if (absent.Length > 0)
            throw InputFile.Unreadable($"no column {string.Join(", ", absent)}", $"the columns {string.Join(", ", AreaColumns.Required)}",
                Frame, "Rename or add the columns; docs/areas.md says what they hold.");
        var builder = new TableBuilder(schema);
        var cells = new string[columns.Length];
        for (var row = 0; row < frame.RowCount; row++)
        {
            for (var i = 0; i < cells.Length; i++) cells[i] = columns[i]?.Format(row) ?? "";
            builder.AddRow(Frame, row + 1, cells);
        }

        return new AreaReader(builder.Build()).Table(Frame);
    }

    private static PublishedLayout? Published(string path)
    {
        using var rows = CsvRows.Open(path);
        return PublishedLayouts.Find(rows.Header);
    }

    private AreaTable Table(string source)
    {
        var rows = reading.Rows;
        var areas = new List<Area>();
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (Authority(row) is { } authority) areas.Add(Area(rows, row, authority));
        }

        if (areas.Count == 0)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed,
                reading.RowsRead == 0 ? "a header without rows" : $"no row that can be used among {reading.RowsRead}",
                "one row an authority", source,
                findings.Count == 0 ? "Check that the export finished." : $"Correct the cells; the first: {findings[0]}"));
        return new AreaTable([.. areas.OrderBy(a => a.Year).ThenBy(a => a.Authority, StringComparer.Ordinal)])
        {
            Reading = reading with
            {
                Findings = findings,
                FindingCount = reading.FindingCount + unmapped + repeated,
                Exclusions = [.. reading.Exclusions, .. Left()],
                Notes = [],
            },
            Notes = [.. reading.Notes, .. Notes()],
        };
    }

    // The three digits of a row, or null where it is left out.
    private string? Authority(int row)
    {
        var (given, year) = (reading.Rows.Text(AreaColumns.Authority)[row]!, reading.Rows.Integer(AreaColumns.Year).Values[row]);
        var authority = AuthorityRegister.ToDfe(given);
        if (authority is null)
        {
            unmapped++;
            Tell(row, $"\"{given}\"", "an ONS code of an authority with children's services");
            return null;
        }

        var line = reading.Rows.Integer(TableReader.LineColumn).Values[row];
        if (!lines.TryAdd((authority, year), line))
        {
            repeated++;
            Tell(row, $"\"{given}\"", $"an authority once a year; {authority} stands on line {lines[(authority, year)]} for {year}");
            return null;
        }

        if (authority != given) mapped++;
        var simulated = reading.Rows.Text(AreaColumns.SourceKind)[row] == AreaFrame.Lower<AreaSourceKind>(AreaSourceKind.Simulated);
        if (!simulated && AuthorityRegister.OfDfe(authority) is null) unknown.Add(authority);
        return authority;
    }

    private void Tell(int row, string found, string expected) => findings.Add(new CellFinding(
        reading.Rows.Text(TableReader.FileColumn)[row]!, reading.Rows.Integer(TableReader.LineColumn).Values[row], AreaColumns.Authority,
        found, expected));

    private IEnumerable<Exclusion> Left()
    {
        if (unmapped > 0) yield return new Exclusion("ONS code that the register does not know", unmapped);
        if (repeated > 0) yield return new Exclusion("Authority twice in a year under two codes", repeated);
    }

    private IEnumerable<string> Notes()
    {
        if (mapped > 0) yield return $"Area table: {mapped} ONS codes were read as the three digits of their authority.";
        if (unknown.Count > 0)
            yield return "Area table: codes that no authority with children's services has had since 2009: "
                + $"{string.Join(", ", unknown.Distinct(StringComparer.Ordinal))}.";
    }

    private static Area Area(Frame rows, int row, string authority)
    {
        string? Text(string column) => rows.Text(column)[row];
        double? Number(string column) => rows.Number(column).Values[row] is var value && double.IsNaN(value) ? null : value;
        T? Code<T>(string column)
            where T : struct, Enum => Text(column) is { } text ? Enum.GetValues<T>().Single(v => AreaFrame.Lower<T>(v) == text) : null;
        var given = Text(AreaColumns.Authority);
        return new Area(authority, Text(AreaColumns.Name)!, Text(AreaColumns.Region), Number(AreaColumns.ReferralRatePer10000),
            Number(AreaColumns.CinPerSocialWorker), rows.Integer(AreaColumns.Year).Values[row])
        {
            FirstReferralRatePer10000 = Number(AreaColumns.FirstReferralRatePer10000),
            Deprivation = Number(AreaColumns.Deprivation),
            OnsCode = Text(AreaColumns.OnsCode) ?? (given == authority ? null : given),
            Referrals = Number(AreaColumns.Referrals),
            ReReferrals = Number(AreaColumns.ReReferrals),
            CinStock = Number(AreaColumns.CinStock),
            SocialWorkersFte = Number(AreaColumns.SocialWorkersFte),
            WorkforceBasis = Code<WorkforceBasis>(AreaColumns.WorkforceBasis),
            WorkforceCovers = Text(AreaColumns.WorkforceCovers),
            CaseloadFte = Number(AreaColumns.CaseloadFte),
            ReReferralPercent = Number(AreaColumns.ReReferralPercent),
            NfaPercent = Number(AreaColumns.NfaPercent),
            SourceKind = Code<AreaSourceKind>(AreaColumns.SourceKind),
        };
    }
}
