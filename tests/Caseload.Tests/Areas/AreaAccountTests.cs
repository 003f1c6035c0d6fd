using System.Text.Json.Nodes;
using Caseload.Areas;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests.Areas;

public sealed class AreaAccountTests : IDisposable
{
    private readonly PublishedFixture files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Quantiles_interpolate_as_in_the_default_of_r()
    {
        // By hand, from the rank 1 + (n - 1) p of type 7: for p = 0.05, 1 + 0.25 (2 - 1) = 1.25; for 0.75, 8 + 0.75 (16 - 8) = 14.
        var distribution = Distribution.Of([16, null, 1, 2, 32, 4, 8]);
        Assert.Equal((6, 1), (distribution.Count, distribution.Missing));
        Assert.Equal([1, 1.25, 2.5, 6, 14, 28, 32], distribution.Points.Select(p => Math.Round(p, 10)));
    }

    [Fact]
    public void Without_a_value_there_is_no_quantile() =>
        Assert.All(Distribution.Of([null, null]).Points, p => Assert.True(double.IsNaN(p)));

    [Fact]
    public void Quantiles_ascend_from_the_least_to_the_greatest_value_in_whatever_order_they_come() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 2000).NonEmptyListOf().ToArbitrary(), values =>
        {
            var figures = values.Select(v => (double?)v).ToArray();
            var points = Distribution.Of(figures).Points;
            return points[0] == values.Min() && points[^1] == values.Max()
                && points.Zip(points.Skip(1)).All(pair => pair.First <= pair.Second + 1e-9)
                && points.SequenceEqual(Distribution.Of(figures.Reverse()).Points);
        }));

    [Fact]
    public void The_ratio_times_the_workers_is_the_stock_of_those_they_serve_whatever_the_figures() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(1, 5000).Four().ToArbitrary(), n =>
        {
            var build = files.Build(files.Rates("2017,201,A,1,1,1,1", "2017,314,B,1,1,1,1", "2017,318,C,1,1,1,1"),
                files.Stock($"2017,201,A,{n.Item1}", $"2017,314,B,{n.Item2}", $"2017,318,C,{n.Item3}"),
                files.Workforce($"2017,201,A,{n.Item4},1", $"2017,314 / 318,B / C,{n.Item4},1"));
            return build.Table.Areas.All(a =>
            {
                var served = build.Table.Areas.Where(b => a.WorkforceCovers!.Split(" / ").Contains(b.Authority))
                    .Sum(b => b.CinStock!.Value);
                return Math.Abs((a.CinPerSocialWorker!.Value * a.SocialWorkersFte!.Value) - served) < 1e-9 * served;
            });
        }));

    [Fact]
    public void The_summary_names_the_year_the_distributions_and_what_is_missing()
    {
        var text = AreaSummary.Text(Example());

        Assert.StartsWith("Area table for 2017: 2 authorities, published figures\n", text, StringComparison.Ordinal);
        Assert.Contains("rows of other levels passed over: National 1, Regional 1", text, StringComparison.Ordinal);
        Assert.Contains("referral rate per 10,000          1        1    500.0    500.0", text, StringComparison.Ordinal);
        Assert.Contains("referral rate per 10,000, first-referral rate per 10,000, number of referrals: "
            + "suppressed to protect confidentiality: a count of 1 to 5, or one that would give it away (c): 420 Scilly\n",
            text, StringComparison.Ordinal);
        Assert.Contains("workforce: 999 Nowhere: no such authority in the rates and stock files of 2017\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_that_holds_for_all_authorities_is_told_once()
    {
        var path = files.CohortYear("201,City,56,x,311.2,x", "202,Camden,2092,2357,592.3,9.9");
        Assert.Contains("CIN per social worker: no workforce file for the year: all 2 authorities\n",
            AreaSummary.Text(files.Build(path, path, null)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_account_holds_the_same_and_null_where_no_value_is_present()
    {
        var json = JsonNode.Parse(AreaBuildJson.Text([Example()]))!;
        Assert.Equal(2017, (int)json["year"]!);
        Assert.Equal(500, (double)json["distributions"]!["referralRatePer10000"]!["median"]!);
        Assert.Contains(json["gaps"]!.AsArray(), g => (string)g!["authority"]! == "420"
            && (string)g["measure"]! == "referralRatePer10000" && (string)g["reason"]! == "suppressed");
        Assert.Equal("999", (string)json["unused"]![0]!["codes"]!);

        var path = files.CohortYear("201,City,56,x,311.2,x");
        var early = JsonNode.Parse(AreaBuildJson.Text([files.Build(path, path, null)]))!;
        Assert.Null(early["distributions"]!["cinPerSocialWorker"]!["median"]);
    }

    private AreaBuild Example() => files.Build(files.Rates("2017,202,Camden,100,500,9,1", "2017,420,Scilly,c,c,0,0"),
        files.Stock("2017,202,Camden,1500", "2017,420,Scilly,29"),
        files.Workforce("2017,202,Camden,125,15", "2017,420,Scilly,2,15", "2017,999,Nowhere,1,1"));
}
