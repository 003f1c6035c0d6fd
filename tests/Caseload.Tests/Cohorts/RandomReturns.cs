using System.Globalization;

namespace Caseload.Tests.Cohorts;

/// <summary>Returns drawn at random: few children, so that they meet often, with everything wrong now and then.</summary>
internal static class RandomReturns
{
    private static readonly string[] Needs = ["N1", "N2", "N4", "A4", "N0", ""];
    private static readonly string[] Reasons = ["RC1", "RC2", "RC7", "RC8", ""];
    private static readonly string[] Disabilities = ["NONE", "LD", "LD;AUT", ""];

    public static ReturnRow[] Draw(int seed, int count)
    {
        var random = new Random(seed);
        string Pick(string[] of) => of[random.Next(of.Length)];
        string Day(DateOnly from, int days) => from.AddDays(random.Next(days)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var year = random.Next(2010, 2017);
            var referral = random.Next(12) switch
            {
                0 => Day(new DateOnly(1928, 1, 1), 2000),
                1 => Day(new DateOnly(year, 3, 25), 14),
                < 6 => Day(new DateOnly(2010, 4, 1), 20),
                _ => Day(new DateOnly(2009, 6, 1), 2400),
            };
            return new ReturnRow
            {
                Lea = random.Next(2) == 0 ? "201" : "202", Year = year, Id = Pick(["A", "B", "AA", "b", "Ü"]), Upn = random.Next(3) == 0 ? "P" + random.Next(4) : "",
                Birth = random.Next(4) == 0 ? "" : random.Next(3) == 0 ? Day(new DateOnly(1992, 6, 1), 1000) : Day(new DateOnly(2000, 1, 1), 4500),
                Expected = random.Next(3) == 0 ? Day(new DateOnly(2010, 6, 1), 600) : "",
                Death = random.Next(12) == 0 ? Day(new DateOnly(2010, 6, 1), 2000) : "",
                Gender = Pick(["0", "1", "2", "9", ""]), Ethnicity = Pick(["WBRI", "BAFR", ""]), Disabilities = Pick(Disabilities),
                Referral = referral, Source = Pick(["1A", "10", "6", ""]), Need = Pick(Needs),
                Closure = random.Next(3) == 0 ? "" : Day(new DateOnly(2010, 3, 1), 2500), Reason = Pick(Reasons), Nfa = Pick(["0", "1", ""]),
            };
        })];
    }
}
