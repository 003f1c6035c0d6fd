using System.Globalization;

namespace Caseload.Tests.Cohorts.Linkage;

/// <summary>Returns of one authority whose cases stay open for two years, with identifiers that carry over or do not.</summary>
internal static class SampleAuthority
{
    /// <summary>Cases referred in 2010-11 to 2012-13, each in its own return and in the two after it.</summary>
    /// <param name="lea">The authority.</param>
    /// <param name="children">New children a year.</param>
    /// <param name="identifier">The identifier of a child in the return of a year.</param>
    public static ReturnRow[] Rows(string lea, int children, Func<int, int, string> identifier) =>
    [
        .. from year in Enumerable.Range(2011, 3)
           from child in Enumerable.Range(0, children)
           from held in Enumerable.Range(year, 3)
           select new ReturnRow
           {
               Lea = lea, Year = held, Id = identifier((1000 * (year - 2011)) + child, held), Upn = $"{lea}-{year}-{child}",
               Birth = Day(new DateOnly(2000, 1, 1), 7 * child), Gender = child % 2 == 0 ? "1" : "2",
               Referral = Day(new DateOnly(year - 1, 4, 1), 3 * child),
               Closure = held == year + 2 ? Day(new DateOnly(year + 1, 5, 1), child) : "",
           },
    ];

    public static string Keeps(int child, int year) => child.ToString("0000", CultureInfo.InvariantCulture);

    public static string NewEachYear(int child, int year) => string.Create(CultureInfo.InvariantCulture, $"{year}-{child:0000}");

    private static string Day(DateOnly from, int days) => from.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
