using System.Globalization;
using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Returns;

/// <summary>Looks at each file's rows for what real returns do not look like. It reports, and leaves nothing out.</summary>
internal static class ReturnOddities
{
    /// <summary>The columns looked at that a row may lack.</summary>
    internal static readonly string[] Columns = ["PersonBirthDate", "CINclosureDate", "ReferralNFA", "source_kind"];

    private const int FewestRows = 20;
    private const int MostNamed = 10;

    // The highest share of referrals with no further action that an authority reported for 2011-12 was 65.2%.
    private const double HighestNfaShare = 0.652;

    // Rule 8606: a referral more than 40 weeks before birth.
    private const int LongestPregnancyInDays = 280;
    private const int OldestInYears = 30;

    private static readonly int Earliest = new DateOnly(1930, 1, 1).DayNumber;

    internal static IEnumerable<Oddity> Find(Frame rows)
    {
        var files = (TextColumn)rows[TableReader.FileColumn];
        return Count(rows, files).Select((counts, f) => (counts, f))
            .SelectMany(of => Observations(of.counts).Select(o => new Oddity(files.Levels[of.f], o.Text) { Kind = o.Kind }));
    }

    /// <summary>
    /// Census years that an authority lacks between the first and the last of all returns: what happened in them is lost.
    /// </summary>
    internal static IEnumerable<Oddity> Gaps(Frame rows)
    {
        if (rows.RowCount == 0) yield break;
        var (authority, year) = (rows.Text("LEA"), rows.Integer("Year").Values.ToArray());
        var held = new HashSet<(int Authority, int Year)>();
        for (var row = 0; row < year.Length; row++)
        {
            // Rows of one return stand together.
            if (row == 0 || year[row] != year[row - 1] || authority.Codes[row] != authority.Codes[row - 1])
                held.Add((authority.Codes[row], year[row]));
        }

        var all = Enumerable.Range(held.Min(h => h.Year), held.Max(h => h.Year) - held.Min(h => h.Year) + 1).ToArray();
        foreach (var absent in Enumerable.Range(0, authority.Levels.Count)
            .Select(a => (Code: authority.Levels[a], Years: string.Join(", ", all.Where(y => !held.Contains((a, y))))))
            .Where(a => a.Years.Length > 0).GroupBy(a => a.Years))
        {
            var codes = absent.Select(a => a.Code).Order(StringComparer.Ordinal).ToArray();
            var named = string.Join(", ", codes.Take(MostNamed))
                + (codes.Length > MostNamed ? $" and {codes.Length - MostNamed} more" : "");
            yield return new Oddity(
                $"{(codes.Length == 1 ? "authority" : "authorities")} {named}",
                $"no referral of the census {(absent.Key.Contains(',', StringComparison.Ordinal) ? "years" : "year")} {absent.Key}: "
                    + "re-referrals of that time are missed");
        }
    }

    private static FileCounts[] Count(Frame rows, TextColumn files)
    {
        var referral = rows.Date("CINreferralDate").Days;
        var birth = rows.Date("PersonBirthDate").Days;
        var closure = rows.Date("CINclosureDate").Days;
        var year = rows.Integer("Year").Values;
        var nfa = rows.Flag("ReferralNFA").Values;
        var counts = new FileCounts[files.Levels.Count];
        for (var i = 0; i < counts.Length; i++) counts[i] = new FileCounts();
        var (ofYear, end, longAgo) = (0, 0, 0);
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (year[row] != ofYear)
            {
                ofYear = year[row];
                end = new DateOnly(ofYear, 3, 31).DayNumber;
                longAgo = new DateOnly(ofYear - OldestInYears, 3, 31).DayNumber;
            }

            var of = counts[files.Codes[row]];
            of.Rows++;
            of.Latest = Math.Max(of.Latest, referral[row]);
            if (referral[row] > end) of.AfterTheYear++;
            if (referral[row] < Earliest) of.Early++;
            if (nfa[row] == 1) of.Nfa++;
            if (closure[row] != DateColumn.Missing && closure[row] < referral[row]) of.Backwards++;
            if (birth[row] != DateColumn.Missing && referral[row] < birth[row] - LongestPregnancyInDays) of.LongBeforeBirth++;
            if (referral[row] <= longAgo) of.LongAgo++;
        }

        return counts;
    }

    private static IEnumerable<(string Text, OddityKind? Kind)> Observations(FileCounts of)
    {
        (string, OddityKind?) Of(string what, int rows, string unit = "referrals", string more = "") =>
            (string.Create(CultureInfo.InvariantCulture, $"{what}: {rows} of {of.Rows} {unit}{more}"),
                new OddityKind(what, rows, of.Rows, unit));
        if (of.AfterTheYear > 0)
            yield return Of("dated after 31 March of the census year", of.AfterTheYear, more: string.Create(
                CultureInfo.InvariantCulture, $" (the latest in {DateOnly.FromDayNumber(of.Latest).Year})"));
        if (of.Early > 0) yield return Of("dated before 1930", of.Early);
        if (of.Rows >= FewestRows && of.Nfa > HighestNfaShare * of.Rows)
            yield return (of.Nfa == of.Rows
                ? $"every one of {of.Rows} referrals is marked as no further action"
                : $"marked as no further action: {of.Nfa} of {of.Rows} referrals; no authority reported more than 65.2% for 2011-12", null);
        if (of.Backwards > 0) yield return Of("closed before they were referred (rule 8630)", of.Backwards, "cases");
        if (of.LongBeforeBirth > 0) yield return Of("dated more than 40 weeks before birth (rule 8606)", of.LongBeforeBirth);
        if (of.LongAgo > 0) yield return Of("dated more than 30 years before the census", of.LongAgo);
    }

    private sealed class FileCounts
    {
        internal int Rows, AfterTheYear, Early, Nfa, Backwards, LongBeforeBirth, LongAgo, Latest;
    }
}
