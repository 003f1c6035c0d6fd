using Caseload.Frames;

namespace Caseload.Areas;

/// <summary>Chooses the years of an area table.</summary>
internal static class YearChoice
{
    // Children's social workers were first counted by statute on 30 September 2013; the file of indicators begins with 2017.
    private const int FirstWorkforceCount = 2013;

    /// <summary>The years asked for, or else the latest that all files hold.</summary>
    /// <remarks>Of several years, some may lack a workforce count: their rows then have none. A single year may not.</remarks>
    /// <exception cref="ProblemException">The files do not hold a year, or share none (exit code 1).</exception>
    internal static IReadOnlyList<int> Choose(IReadOnlyList<PublishedSeries> series, IReadOnlyList<int> asked)
    {
        if (asked.Count == 0) return [One(series, null)];
        var counted = series.FirstOrDefault(s => s.Role == PublishedRole.Workforce) is { } workforce && asked.Any(workforce.Years.Contains);
        return [.. asked.Select(year => One(counted && !series[^1].Years.Contains(year) ? [.. series.Take(2)] : series, year))];
    }

    private static int One(IReadOnlyList<PublishedSeries> files, int? asked)
    {
        var shared = Shared(files);
        if (asked is null && shared.Length > 0) return shared[^1];
        // Without a year in common, the year meant is that of the rates and the stock: the message then says what is wrong with it.
        var meant = asked
            ?? Shared(files.Take(2)).Cast<int?>().LastOrDefault()
            ?? throw Refuse(files, "rates and stock files that share no year", "one year that both hold", "Bring files of the same years.");
        return shared.Contains(meant) ? meant : throw Lacking(files, meant, shared);
    }

    private static ProblemException Lacking(IReadOnlyList<PublishedSeries> files, int year, int[] shared)
    {
        var without = files.Where(f => !f.Years.Contains(year)).ToArray();
        var found = string.Join("; ", without.Select(f => $"the {f.Role.Option()} file holds {YearRange.Of(f.Years)}"));
        var never = year < FirstWorkforceCount && without.Any(f => f.Role == PublishedRole.Workforce)
            ? $"; a count of children's social workers for {year} was never published "
                + $"(the first statutory one was made in September {FirstWorkforceCount})"
            : "";
        var offer = shared.Length > 0
            ? $"choose one of {YearRange.Of(shared)}, which all the files hold"
            : $"bring files of {YearRange.Of(files[^1].Years)}";
        return without is [{ Role: PublishedRole.Workforce }]
            ? Refuse(files, found, $"{year}{never}",
                $"Bring a {AreaColumns.CinPerSocialWorker} column of your own; or leave --workforce out, and the table is written with "
                + $"that column empty; or {offer}.")
            : Refuse(files, found, $"{year} in every file{never}", char.ToUpperInvariant(offer[0]) + offer[1..] + ".");
    }

    private static int[] Shared(IEnumerable<PublishedSeries> files) =>
        [.. files.Select(f => f.Years.AsEnumerable()).Aggregate((a, b) => a.Intersect(b)).Order()];

    private static ProblemException Refuse(IReadOnlyList<PublishedSeries> files, string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.CheckFailed, found, expected,
            string.Join("; ", files.Select(f => $"--{f.Role.Option()} {f.Source} ({YearRange.Of(f.Years)})")), remedy));
}
