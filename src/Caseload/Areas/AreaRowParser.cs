using System.Globalization;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Areas;

/// <summary>Turns rows of text with the contract's columns into areas, and gathers every cell that breaks the contract.</summary>
internal sealed class AreaRowParser
{
    private const string Contract = "an area table as in data-schema/area.schema.json";
    private readonly IReadOnlyList<string> header;
    private readonly string source;
    private readonly CellProblems problems;
    private readonly List<Area> areas = [];
    private readonly Dictionary<(string Authority, int Year), string> places = [];
    private Func<int, string> cells = _ => "";
    private string place = "";

    internal AreaRowParser(IReadOnlyList<string> header, string source)
    {
        (this.header, this.source) = (header, source);
        problems = new CellProblems(source);
        var missing = AreaColumns.Required.Where(name => At(name) < 0).ToArray();
        if (missing.Length == 0) return;
        var published = PublishedLayouts.Find(header);
        throw InputFile.Unreadable(
            published is null
                ? $"no column {string.Join(", ", missing)}; the columns are {string.Join(", ", header.Take(20))}"
                : $"the layout of {published.Name}",
            $"the columns {string.Join(", ", AreaColumns.Required)}", source,
            published is null
                ? "Rename or add the columns; docs/areas.md says what they hold."
                : "Build an area table of the published files first: caseload areas --help.");
    }

    internal void Add(Func<int, string> row, string at)
    {
        (cells, place) = (row, at);
        var authority = Authority();
        var name = Text(AreaColumns.Name);
        if (name is null) problems.Add(place, AreaColumns.Name, "", "the authority's name");
        var year = Year();
        var area = new Area(authority ?? "", name ?? "", Text(AreaColumns.Region), Number(AreaColumns.ReferralRatePer10000),
            Number(AreaColumns.CinPerSocialWorker), year ?? 0)
        {
            OnsCode = OnsCode(),
            Referrals = Number(AreaColumns.Referrals),
            CinStock = Number(AreaColumns.CinStock),
            SocialWorkersFte = Number(AreaColumns.SocialWorkersFte),
            WorkforceBasis = Code<WorkforceBasis>(AreaColumns.WorkforceBasis),
            WorkforceCovers = Covers(),
            CaseloadFte = Number(AreaColumns.CaseloadFte),
            ReReferralPercent = Number(AreaColumns.ReReferralPercent, 100),
            NfaPercent = Number(AreaColumns.NfaPercent, 100),
            SourceKind = Code<AreaSourceKind>(AreaColumns.SourceKind),
        };
        areas.Add(area);
        if (authority is null || year is null || places.TryAdd((authority, year.Value), place)) return;
        problems.Add(place, AreaColumns.Authority, authority,
            $"an authority once a year; it stands on {places[(authority, year.Value)]} for {year}");
    }

    internal AreaTable Finish()
    {
        problems.ThrowIfAny(Contract, "Correct these cells; a figure that is not known is an empty cell.");
        if (areas.Count == 0)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, "a header without rows", "one row an authority", source,
                "Check that the export finished."));
        var unused = header.Where(name => !AreaColumns.All.Contains(name)).ToArray();
        return new AreaTable([.. areas.OrderBy(a => a.Year).ThenBy(a => a.Authority, StringComparer.Ordinal)])
        {
            Notes = unused.Length == 0 ? [] : [$"{source}: columns that the kit does not use: {string.Join(", ", unused)}."],
        };
    }

    private string? Authority()
    {
        var text = Text(AreaColumns.Authority) ?? "";
        if (AuthorityCodes.IsDfe(text)) return text;
        problems.Add(place, AreaColumns.Authority, text,
            AuthorityCodes.IsOns(text) ? "the department's three digits; ONS codes go in the column ons_code"
            : AuthorityCodes.Split(text) is not null ? "one authority a row"
            : "a code of three digits");
        return null;
    }

    private int? Year()
    {
        var text = Text(AreaColumns.Year) ?? "";
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1990 and <= 2100) return year;
        problems.Add(place, AreaColumns.Year, text, "a year of four digits, 1990 to 2100");
        return null;
    }

    private string? OnsCode()
    {
        var text = Text(AreaColumns.OnsCode);
        if (text is null || AuthorityCodes.IsOns(text)) return text;
        problems.Add(place, AreaColumns.OnsCode, text, "E06, E08, E09 or E10 and six digits");
        return null;
    }

    private string? Covers()
    {
        var text = Text(AreaColumns.WorkforceCovers);
        if (text is null) return null;
        if (AuthorityCodes.Split(text) is { } codes) return string.Join(AuthorityCodes.Joint, codes);
        problems.Add(place, AreaColumns.WorkforceCovers, text, "codes of three digits divided by slashes");
        return null;
    }

    private double? Number(string column, double most = double.MaxValue)
    {
        if (Text(column) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && value >= 0 && value <= most) return value;
        var range = most < double.MaxValue ? $"a number from 0 to {most:R}" : "a number from 0 up";
        problems.Add(place, column, text, range + ", or an empty cell");
        return null;
    }

    private T? Code<T>(string column)
        where T : struct, Enum
    {
        if (Text(column) is not { } text) return null;
        var at = Array.FindIndex(Enum.GetValues<T>(), v => AreaFrame.Lower<T>(v) == text);
        if (at >= 0) return Enum.GetValues<T>()[at];
        problems.Add(place, column, text, "one of " + string.Join(", ", Enum.GetValues<T>().Select(v => AreaFrame.Lower<T>(v))));
        return null;
    }

    private string? Text(string column) =>
        At(column) is var i and >= 0 && cells(i).Trim() is { Length: > 0 } text && text != "NA" ? text : null;

    private int At(string column)
    {
        for (var i = 0; i < header.Count; i++)
        {
            if (header[i] == column) return i;
        }

        return -1;
    }
}
