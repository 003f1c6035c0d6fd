using System.Globalization;
using Caseload.Cohorts;

namespace Caseload.Tests.Cohorts;

/// <summary>
/// The readable twin of cleaning, linkage and the derived variables, with dictionaries and LINQ, for the settings of the study: every step
/// taken, years linked by the authority's identifier.
/// </summary>
internal static class SlowCohort
{
    /// <summary>The cells of some columns, child after child.</summary>
    public static List<Dictionary<string, string>> Build(IEnumerable<ReturnRow> rows, CohortSettings settings)
    {
        var children = new List<Dictionary<string, string>>();
        var cleaned = rows.Select(Clean).Where(r => r.Referral.Length > 0);
        foreach (var child in cleaned.GroupBy(r => (r.Lea, r.Id)).OrderBy(g => g.Key.Lea, StringComparer.Ordinal).ThenBy(g => g.Key.Id, StringComparer.Ordinal))
        {
            if (ChildOf([.. child], settings) is { } cells) children.Add(cells);
        }

        return children;
    }

    private static ReturnRow Clean(ReturnRow r)
    {
        string Believed(string date, bool mayLieAhead = false) =>
            date.Length == 0 || Date(date) < new DateOnly(1930, 1, 1) || (!mayLieAhead && Date(date) > new DateOnly(r.Year, 3, 31)) ? "" : date;
        var row = r with
        {
            Referral = Believed(r.Referral), Closure = Believed(r.Closure), Birth = Believed(r.Birth), Death = Believed(r.Death),
            Expected = Believed(r.Expected, mayLieAhead: true),
            Need = r.Need.Replace('A', 'N') is "N0" ? "" : r.Need.Replace('A', 'N'),
            Source = r.Source == "10" ? "" : r.Source,
            Gender = r.Gender switch { "1" => "male", "2" => "female", _ => "" },
        };
        return row.Closure.Length > 0 && row.Referral.Length > 0 && Date(row.Closure) < Date(row.Referral) ? row with { Closure = row.Referral } : row;
    }

    private static Dictionary<string, string>? ChildOf(ReturnRow[] rows, CohortSettings settings)
    {
        var birth = Latest(rows, r => r.Birth) is { Length: > 0 } born ? born : Latest(rows, r => r.Expected);
        DateOnly? birthday = birth.Length > 0 ? Birthday(birth, 18) : null;
        var episodes = rows.GroupBy(r => Date(r.Referral)).OrderBy(g => g.Key).Select(g => new SlowEpisode(g.Key, [.. g])).ToList();
        var death = Latest(rows, r => r.Death) is { Length: > 0 } day ? Date(day)
            : episodes.FirstOrDefault(e => e.Reason == "RC2" && e.Closure is not null)?.Closure;
        episodes.RemoveAll(e => e.Day >= birthday || e.Day > death);
        var first = episodes.FindIndex(e => e.Day >= settings.Start && e.Day <= settings.End && e.Rows.Any(r => r.Year == settings.CohortYear));
        if (first < 0) return null;
        var index = episodes[first];
        var later = episodes.Skip(first + 1).Where(e => e.Day <= settings.FollowUpEnd).ToArray();
        var next = later.FirstOrDefault();
        var known = episodes.Take(first + 1).Reverse().ToArray();
        var gestation = birth.Length > 0 ? Date(birth).DayNumber - index.Day.DayNumber : 0;
        int? age = birth.Length == 0 || gestation > 217 ? null
            : gestation > 0 ? -1
            : Enumerable.Range(0, 100).Last(years => Birthday(birth, years) <= index.Day);
        var (until, end) = next is not null ? (next.Day, "rereferred")
            : new (DateOnly Day, string End)?[]
            {
                death is { } d && d <= settings.FollowUpEnd ? (d, "died") : null,
                birthday is { } b && b <= settings.FollowUpEnd ? (b, "eighteenth-birthday") : null,
                (settings.FollowUpEnd, "end-of-follow-up"),
            }.OfType<(DateOnly Day, string End)>().MinBy(e => e.Day);
        return new Dictionary<string, string>
        {
            ["authority"] = rows[0].Lea,
            ["first_referral"] = index.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["episode_number"] = Text(first + 1),
            ["age_at_referral"] = Text(age),
            ["sex"] = First(known, e => Latest(e.Rows, r => r.Gender)) is { Length: > 0 } sex ? sex : "unknown",
            ["ethnicity"] = First(known, e => Latest(e.Rows, r => r.Ethnicity)),
            ["disabled"] = First(known, e => e.Disabled),
            ["nfa"] = index.Nfa,
            ["need"] = index.Need,
            ["referral_source"] = index.Source,
            ["closure_reason"] = index.Reason,
            ["eligible"] = birthday is null ? "" : Text(birthday > settings.FollowUpEnd),
            ["rereferred"] = Text(next is not null),
            ["rereferred_12_months"] = next is not null ? Text(next.Day <= index.Day.AddYears(1)) : index.Day.AddYears(1) <= settings.FollowUpEnd ? "false" : "",
            ["rereferral_year"] = next is null ? "" : Text(next.Year),
            ["days_to_rereferral"] = next is null ? "" : Text(next.Day.DayNumber - index.Day.DayNumber),
            ["rereferrals"] = Text(later.Length),
            ["rereferral_years"] = Text(later.Select(e => e.Year).Distinct().Count()),
            ["rereferral_nfa"] = next?.Nfa ?? "",
            ["rereferral_need"] = next?.Need ?? "",
            ["same_need"] = next is null || next.Need.Length == 0 || index.Need.Length == 0 ? "" : Text(next.Need == index.Need),
            ["rereferral_source"] = next?.Source ?? "",
            ["open_at_rereferral"] = next is null ? "" : Text(index.Closure is null || index.Closure > next.Day),
            ["earlier_on_record"] = Text(first > 0),
            ["earlier_12_months"] = Text(first > 0 && episodes[first - 1].Day >= index.Day.AddYears(-1)),
            ["days_from_referral"] = Text(Math.Max(0, until.DayNumber - index.Day.DayNumber)),
            ["days_from_closure"] = index.Closure is { } closed && closed <= until ? Text(until.DayNumber - closed.DayNumber) : "",
            ["follow_up_end"] = end,
        };
    }

    private static string First(SlowEpisode[] episodes, Func<SlowEpisode, string> value) => episodes.Select(value).FirstOrDefault(v => v.Length > 0) ?? "";

    // The latest return that says something; of two values in one return the one that sorts first.
    private static string Latest(IEnumerable<ReturnRow> rows, Func<ReturnRow, string> value) =>
        rows.Where(r => value(r).Length > 0).OrderByDescending(r => r.Year).ThenBy(value, StringComparer.Ordinal).Select(value).FirstOrDefault() ?? "";

    private static string Mode(IEnumerable<ReturnRow> rows, Func<ReturnRow, string> value) =>
        rows.Where(r => value(r).Length > 0).GroupBy(value).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Max(r => r.Year))
            .ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).FirstOrDefault() ?? "";

    private static DateOnly Birthday(string birth, int years)
    {
        var (born, year) = (Date(birth), Date(birth).Year + years);
        return born is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new DateOnly(year, 3, 1) : new DateOnly(year, born.Month, born.Day);
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(bool value) => value ? "true" : "false";

    private sealed record SlowEpisode(DateOnly Day, ReturnRow[] Rows)
    {
        public int Year => Day.Month >= 4 ? Day.Year + 1 : Day.Year;

        public DateOnly? Closure => Latest(Rows, r => r.Closure) is { Length: > 0 } day ? Date(day) : null;

        public string Nfa => Mode(Rows, r => r.Nfa) == "1" ? "true" : "false";

        public string Need => Mode(Rows, r => r.Need);

        public string Source => Mode(Rows, r => r.Source);

        public string Reason => Mode(Rows, r => r.Reason);

        public string Disabled => Mode(Rows, r => r.Disabilities.Length == 0 ? "" : r.Disabilities == "NONE" ? "false" : "true");
    }
}
