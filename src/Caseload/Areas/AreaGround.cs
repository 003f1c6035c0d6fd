namespace Caseload.Areas;

/// <summary>How the rows of a year belong to an authority of another year.</summary>
internal enum GroundBasis
{
    /// <summary>The authority has a row of its own.</summary>
    Own,

    /// <summary>It was divided: the rows of all its successors together cover its ground.</summary>
    Successors,

    /// <summary>It came out of a division: the row of the whole covers its ground and more.</summary>
    Whole,
}

/// <summary>The rows of a year that stand for an authority.</summary>
/// <param name="Basis">How they belong to it.</param>
/// <param name="Base">The row that lends name, region and deprivation; of these only the own row's count where ground differs.</param>
/// <param name="Rows">The rows.</param>
internal sealed record GroundFigure(GroundBasis Basis, Area Base, IReadOnlyList<Area> Rows)
{
    /// <summary>How the figure came about, in words.</summary>
    internal string Words => Basis == GroundBasis.Successors
        ? $"that of its successors {string.Join(AuthorityCodes.Joint, Rows.Select(r => r.Authority))} together"
        : $"that of {Rows[0].Authority} {Rows[0].Name}, of which it was a part";

    /// <summary>
    /// A rate per 10,000 over all rows: each is weighted with its children, which are referrals / rate of all referrals x 10,000.
    /// </summary>
    internal double? Rate(Func<Area, double?> rate)
    {
        if (Rows is [var one]) return rate(one);
        double? children = Rows.Aggregate((double?)0, (sum, a) => sum + Children(a));
        return Rows.Aggregate((double?)0, (sum, a) => sum + (rate(a) * Children(a))) / children;
    }

    /// <summary>CIN per social worker over all rows: their joint ratio where they have one, else all children over all workers.</summary>
    internal double? CinPerSocialWorker()
    {
        if (Rows is [var one]) return one.CinPerSocialWorker;
        if (Rows.All(a => a.WorkforceBasis == WorkforceBasis.Own))
            return Rows.Aggregate((double?)0, (sum, a) => sum + a.CinStock)
                / Rows.Aggregate((double?)0, (sum, a) => sum + a.SocialWorkersFte);
        var joint = string.Join(AuthorityCodes.Joint, Rows.Select(a => a.Authority));
        return Rows.All(a => a.WorkforceCovers == joint) ? Rows[0].CinPerSocialWorker : null;
    }

    private static double? Children(Area area) => area.ReferralRatePer10000 > 0 ? area.Referrals / area.ReferralRatePer10000 : null;
}

/// <summary>
/// Finds the rows of one year that stand for an authority of any year, by three-digit codes: its own; else, where it was divided, those of
/// all its successors together; else, where it came out of a division, that of the whole, since nothing finer was published. Authorities
/// whose ground was regrouped (Dorset, Poole and Bournemouth 2019) have no figures across the change.
/// </summary>
internal sealed class AreaGround(IEnumerable<Area> areas)
{
    private readonly Dictionary<string, Area> rows = areas.ToDictionary(a => a.Authority, StringComparer.Ordinal);

    /// <summary>The authorities that have a row of their own.</summary>
    internal IReadOnlyCollection<string> Codes => rows.Keys;

    /// <summary>The rows that stand for an authority, or null.</summary>
    internal GroundFigure? Find(string authority)
    {
        if (rows.TryGetValue(authority, out var own)) return new GroundFigure(GroundBasis.Own, own, [own]);
        if (BoundaryChange.DivisionOf(authority) is { } ended)
        {
            var parts = ended.After.Select(rows.GetValueOrDefault).OfType<Area>().ToArray();
            return parts.Length == ended.After.Count ? new GroundFigure(GroundBasis.Successors, Named(authority, parts[0]), parts) : null;
        }

        return BoundaryChange.DivisionInto(authority) is { } began && rows.TryGetValue(began.Before[0], out var whole)
            ? new GroundFigure(GroundBasis.Whole, Named(authority, whole), [whole])
            : null;
    }

    // Counts of another ground are not the authority's own; neither is a score of deprivation.
    private static Area Named(string authority, Area like) =>
        new(authority, AuthorityRegister.OfDfe(authority)?.Name ?? like.Name, like.Region, null, null, like.Year)
        {
            SourceKind = like.SourceKind,
        };
}
