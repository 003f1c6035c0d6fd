using Caseload.Frames;

namespace Caseload.Areas;

/// <summary>Chooses the year of an area table.</summary>
internal static class YearChoice
{
    // Children's social workers were first counted by statute on 30 September 2013; the file of indicators begins with 2017.
    private const int FirstWorkforceCount = 2013;

    /// <summary>The year asked for, or else the latest that all files hold.</summary>
    /// <exception cref="ProblemException">A file does not hold the year, or the files share none (exit code 1).</exception>
    internal static int Choose(IReadOnlyList<PublishedFile> files, int? asked)
    {
        var shared = files.Select(f => f.Years.AsEnumerable()).Aggregate((a, b) => a.Intersect(b)).Order().ToArray();
        if (asked is not { } year)
            return shared.Length > 0 ? shared[^1] : throw Refuse(files, "files that share no year", "one year that all of them hold",
                "Bring files of the same years, or leave --workforce out: the table is then written without CIN per social worker.");
        if (shared.Contains(year)) return year;
        var without = files.Where(f => !f.Years.Contains(year)).ToArray();
        var found = string.Join("; ", without.Select(f => $"the {Name(f.Role)} file holds {YearRange.Of(f.Years)}"));
        var offer = shared.Length > 0 ? $"choose one of {YearRange.Of(shared)}, which all the files hold" : "bring files of the same years";
        return without is [{ Role: PublishedRole.Workforce }]
            ? throw Refuse(files, found, $"{year}; {History(year)}",
                $"Bring a cin_per_social_worker column of your own; or leave --workforce out, and the table is written with that column empty; or {offer}.")
            : throw Refuse(files, found, $"{year} in every file", Sentence(offer));
    }

    private static string History(int year) => year < FirstWorkforceCount
        ? $"a count of children's social workers for {year} was never published (the first statutory one was made in September {FirstWorkforceCount})"
        : $"figures for {year} do not stand in this file";

    private static string Name(PublishedRole role) => role switch
    {
        PublishedRole.Rates => "rates",
        PublishedRole.Stock => "stock",
        _ => "workforce",
    };

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";

    private static ProblemException Refuse(IReadOnlyList<PublishedFile> files, string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.CheckFailed, found, expected,
            string.Join("; ", files.Select(f => $"--{Name(f.Role)} {f.Source} ({YearRange.Of(f.Years)})")), remedy));
}
