using System.Globalization;
using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Returns;

/// <summary>Looks at each file's rows for what real returns do not look like. It reports, and leaves nothing out.</summary>
internal static class ReturnOddities
{
    private const int FewestRows = 20;
    private const int MostNamed = 10;

    // The highest share of referrals with no further action that an authority reported for 2011-12 was 65.2%.
    private const double HighestNfaShare = 0.652;

    // Rule 8606: a referral more than 40 weeks before birth.
    private const int LongestPregnancyInDays = 280;

    private static readonly int Earliest = new DateOnly(1930, 1, 1).DayNumber;

    internal static IEnumerable<Oddity> Find(Frame rows)
    {
        var files = (TextColumn)rows[TableReader.FileColumn];
        var byFile = new List<int>[files.Levels.Count];
        for (var i = 0; i < byFile.Length; i++) byFile[i] = [];
        for (var row = 0; row < rows.RowCount; row++) byFile[files.Codes[row]].Add(row);
        return Enumerable.Range(0, byFile.Length)
            .SelectMany(f => Observe(rows, byFile[f]).Select(text => new Oddity(files.Levels[f], text)));
    }

    /// <summary>
    /// Census years that an authority lacks between the first and the last of all returns: what happened in them is lost.
    /// </summary>
    internal static IEnumerable<Oddity> Gaps(Frame rows)
    {
        if (rows.RowCount == 0) yield break;
        var (authority, year) = (rows.Text("LEA"), rows.Integer("Year").Values.ToArray());
        var held = new HashSet<(int Authority, int Year)>();
        for (var row = 0; row < year.Length; row++) held.Add((authority.Codes[row], year[row]));
        var all = Enumerable.Range(year.Min(), year.Max() - year.Min() + 1).ToArray();
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

    private static IEnumerable<string> Observe(Frame rows, List<int> of)
    {
        var referral = rows.Date("CINreferralDate").Days.ToArray();
        var birth = rows.Date("PersonBirthDate").Days.ToArray();
        var closure = rows.Date("CINclosureDate").Days.ToArray();
        var year = rows.Integer("Year").Values.ToArray();
        var nfa = rows.Flag("ReferralNFA").Values.ToArray();
        int Count(Func<int, bool> test) => of.Count(test);

        var after = Count(r => referral[r] > new DateOnly(year[r], 3, 31).DayNumber);
        if (after > 0)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"dated after 31 March of the census year: {after} of {of.Count} referrals "
                + $"(the latest in {DateOnly.FromDayNumber(of.Max(r => referral[r])).Year})");
        if (Count(r => referral[r] < Earliest) is var early and > 0) yield return $"dated before 1930: {early} of {of.Count} referrals";
        if (of.Count >= FewestRows && Count(r => nfa[r] == 1) is var marked && marked > HighestNfaShare * of.Count)
            yield return marked == of.Count
                ? $"every one of {of.Count} referrals is marked as no further action"
                : $"marked as no further action: {marked} of {of.Count} referrals; no authority reported more than 65.2% for 2011-12";
        if (Count(r => closure[r] != DateColumn.Missing && closure[r] < referral[r]) is var backwards and > 0)
            yield return $"closed before they were referred (rule 8630): {backwards} of {of.Count} cases";
        if (Count(r => birth[r] != DateColumn.Missing && referral[r] < birth[r] - LongestPregnancyInDays) is var unborn and > 0)
            yield return $"dated more than 40 weeks before birth (rule 8606): {unborn} of {of.Count} referrals";
        if (Count(r => referral[r] <= new DateOnly(year[r] - 30, 3, 31).DayNumber) is var old and > 0)
            yield return $"dated more than 30 years before the census: {old} of {of.Count} referrals";
    }
}
