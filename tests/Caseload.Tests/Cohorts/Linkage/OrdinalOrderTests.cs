using System.Globalization;
using Caseload.Cohorts;
using FsCheck.Fluent;

namespace Caseload.Tests.Cohorts.Linkage;

/// <summary>Children stand in the ordinal order of their identifiers, however long these are and whatever they share.</summary>
public sealed class OrdinalOrderTests
{
    [Fact]
    public void The_fast_order_is_that_of_ordinal_comparison() => Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
    {
        var random = new Random(seed);
        string[] names = [.. Enumerable.Range(0, 50)
            .Select(_ => "SHARED" + string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => "ab0~éĀ"[random.Next(6)]))).Distinct()];
        var rows = names.Select((name, i) => new ReturnRow { Id = name, Referral = Day(i), Closure = "" }).ToArray();
        var cohort = SampleReturns.Cohort(new CohortSettings(), rows);

        Assert.Equal(rows.OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => r.Referral), SampleReturns.Cells(cohort.Children, "first_referral"));
    }, 30);

    private static string Day(int day) => new DateOnly(2010, 4, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
