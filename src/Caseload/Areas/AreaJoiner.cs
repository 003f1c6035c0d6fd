namespace Caseload.Areas;

/// <summary>Joins the rows of one year by three-digit code, and keeps account of what is missing and of what was not used.</summary>
internal sealed class AreaJoiner
{
    private readonly IReadOnlyList<PublishedFile> files;
    private readonly int year;
    private readonly Dictionary<string, PublishedRow> rates;
    private readonly Dictionary<string, PublishedRow> stock;
    private readonly WorkforceMatch? workforce;
    private readonly DeprivationFile? deprivation;
    private readonly HashSet<PublishedRow> used = new(ReferenceEqualityComparer.Instance);
    private readonly List<AreaGap> gaps = [];

    internal AreaJoiner(IReadOnlyList<PublishedFile> files, int year, DeprivationFile? deprivation)
    {
        (this.files, this.year, this.deprivation) = (files, year, deprivation);
        (rates, stock) = (Single(files[0]), Single(files[1]));
        workforce = files.Count > 2 ? new WorkforceMatch(files[2].Of(year), year) : null;
    }

    /// <summary>The figures that are missing, in the order in which they were met.</summary>
    internal IReadOnlyList<AreaGap> Gaps => gaps;

    /// <summary>One row an authority of the rates or the stock file, by code.</summary>
    internal List<Area> Join() => [.. rates.Keys.Union(stock.Keys).Order(StringComparer.Ordinal).Select(Row)];

    /// <summary>The rows of the year that entered no row of the table; to be asked after <see cref="Join"/>.</summary>
    internal IReadOnlyList<UnusedFigure> Unused() => [.. files.SelectMany(file => file.Of(year).Where(row => !used.Contains(row))
        .OrderBy(row => row.Label, StringComparer.Ordinal)
        .Select(row => new UnusedFigure(file.Role, row.Label, row.Name, Why(file, row))))];

    private Area Row(string authority)
    {
        var (rate, held) = (rates.GetValueOrDefault(authority), stock.GetValueOrDefault(authority));
        var figure = workforce?.Find(authority);
        PublishedRow?[] known = [rate, held, .. figure is { Basis: WorkforceBasis.Own } ? figure.Rows : []];
        used.UnionWith(known.OfType<PublishedRow>().Concat(figure?.Rows ?? []));
        var name = known.OfType<PublishedRow>().First().Name;
        double? Take(PublishedFile file, PublishedRow? row, AreaMeasure measure)
        {
            if (row is null)
                gaps.Add(new AreaGap(authority, name, measure, GapReason.NotInFile, $"no row in the {file.Role.Option()} file"));
            else if (row[measure].Mark is { } mark)
                gaps.Add(new AreaGap(authority, name, measure, mark.Reason, $"{mark.Meaning} ({mark.Text})"));
            return row?[measure].Value;
        }

        var area = new Area(authority, name, Region(authority, known),
            Take(files[0], rate, AreaMeasure.ReferralRatePer10000), null, year)
        {
            OnsCode = known.Select(r => r?.OnsCode).FirstOrDefault(c => c is not null && AuthorityCodes.IsOns(c)),
            Deprivation = Deprivation(authority, name),
            Referrals = Take(files[0], rate, AreaMeasure.Referrals),
            ReReferrals = Take(files[0], rate, AreaMeasure.ReReferrals),
            ReReferralPercent = Take(files[0], rate, AreaMeasure.ReReferralPercent),
            NfaPercent = Take(files[0], rate, AreaMeasure.NfaPercent),
            CinStock = Take(files[1], held, AreaMeasure.CinStock),
            SourceKind = AreaSourceKind.Published,
        };
        area = area with { FirstReferralRatePer10000 = FirstRate(area) };
        if (figure is null)
        {
            gaps.Add(NoWorkforce(area));
            return area;
        }

        var fte = Sum(figure.Rows.Select(r => Take(files[2], r, AreaMeasure.SocialWorkersFte)));
        return area with
        {
            SocialWorkersFte = fte,
            WorkforceBasis = figure.Basis,
            WorkforceCovers = string.Join(AuthorityCodes.Joint, figure.Covers),
            CaseloadFte = figure.Rows is [var one] ? Take(files[2], one, AreaMeasure.CaseloadFte) : null,
            CinPerSocialWorker = Ratio(area, figure, fte),
        };
    }

    private double? FirstRate(Area area)
    {
        var first = FirstReferrals.Rate(area.ReferralRatePer10000, area.Referrals, area.ReReferrals, area.ReReferralPercent);
        if (first is null)
            gaps.Add(As(area, AreaMeasure.FirstReferralRatePer10000,
                area.ReferralRatePer10000 is null ? AreaMeasure.ReferralRatePer10000 : AreaMeasure.ReReferralPercent));
        return first;
    }

    private double? Deprivation(string authority, string name)
    {
        if (deprivation is null) return null;
        var isKnown = deprivation.Scores.TryGetValue(authority, out var score);
        if (score is null)
            gaps.Add(new AreaGap(authority, name, AreaMeasure.Deprivation, isKnown ? GapReason.EmptyCell : GapReason.NotInFile,
                isKnown ? "an empty cell in the deprivation file" : "no row in the deprivation file"));
        return score;
    }

    // A figure is missing because another is, of which it is made.
    private AreaGap As(Area area, AreaMeasure measure, AreaMeasure part)
    {
        var cause = gaps.FirstOrDefault(g => g.Authority == area.Authority && g.Measure == part);
        return cause is null
            ? new AreaGap(area.Authority, area.Name, measure, GapReason.NotInFile, $"the file has no {AreaMeasures.Words(part)}")
            : new AreaGap(area.Authority, area.Name, measure, cause.Reason, cause.Detail);
    }

    private static string? Region(string authority, IEnumerable<PublishedRow?> known) =>
        known.Select(r => r?.Region).FirstOrDefault(r => r is not null) ?? AuthorityRegister.OfDfe(authority)?.Region;

    /// <summary>Children in need per in-post full-time equivalent, over the same ground above and below the line.</summary>
    private double? Ratio(Area area, WorkforceFigure figure, double? fte)
    {
        AreaGap Gap(GapReason reason, string detail) => new(area.Authority, area.Name, AreaMeasure.CinPerSocialWorker, reason, detail);
        if (fte is null) gaps.Add(As(area, AreaMeasure.CinPerSocialWorker, AreaMeasure.SocialWorkersFte));
        else if (fte == 0) gaps.Add(Gap(GapReason.NoSocialWorkers, "no social worker in post on the day of the count"));
        else if (area.CinStock is null) gaps.Add(As(area, AreaMeasure.CinPerSocialWorker, AreaMeasure.CinStock));
        else
        {
            var partners = figure.Basis == WorkforceBasis.Joint ? figure.Covers : [area.Authority];
            var children = Sum(partners.Select(code => stock.GetValueOrDefault(code)?[AreaMeasure.CinStock].Value));
            if (children is not null) return children / fte;
            var joint = string.Join(AuthorityCodes.Joint, figure.Covers);
            gaps.Add(Gap(GapReason.PartnerMissing, $"the workforce count is joint ({joint}) and a partner's CIN on 31 March is missing"));
        }

        return null;
    }

    private AreaGap NoWorkforce(Area area)
    {
        var change = BoundaryChange.Ending(area.Authority, year) ?? BoundaryChange.Beginning(area.Authority, year);
        var (reason, detail) = workforce is null ? (GapReason.NoWorkforceFile, "no workforce file for the year")
            : change is not null ? (GapReason.BoundaryChange, $"no workforce row covers the same ground: {change}")
            : (GapReason.NotInFile, "no row in the workforce file");
        return new AreaGap(area.Authority, area.Name, AreaMeasure.CinPerSocialWorker, reason, detail);
    }

    private string Why(PublishedFile file, PublishedRow row)
    {
        var change = row.Codes.Select(code => BoundaryChange.Beginning(code, year)).FirstOrDefault(c => c is not null);
        return file.Role != PublishedRole.Workforce ? "a figure of several authorities together cannot be given to one of them"
            : change is not null ? $"boundary change after 31 March: {change}"
            : $"no such authority in the rates and stock files of {year}";
    }

    private Dictionary<string, PublishedRow> Single(PublishedFile file) =>
        file.Of(year).Where(r => r.Codes.Count == 1).ToDictionary(r => r.Codes[0], StringComparer.Ordinal);

    private static double? Sum(IEnumerable<double?> values) => values.Aggregate((double?)0, (sum, value) => sum + value);
}
