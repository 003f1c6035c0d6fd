using Caseload.Areas;
using Caseload.Frames;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests.Areas;

public sealed class AreaTableTests : IDisposable
{
    private const string Header = "authority,authority_name,referral_rate_per_10000,cin_per_social_worker,year";
    private readonly PublishedFixture files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_required_columns_are_enough()
    {
        var area = Read(Header, "202,Camden,592.3,13.5,2011").Areas.Single();
        Assert.Equal(new Area("202", "Camden", null, 592.3, 13.5, 2011), area);
    }

    [Fact]
    public void An_empty_measure_is_missing()
    {
        var areas = Read(Header, "202,Camden,,NA,2011").Areas;
        Assert.Equal((null, null), (areas.Single().ReferralRatePer10000, areas.Single().CinPerSocialWorker));
    }

    [Fact]
    public void Columns_stand_in_any_order_and_those_not_known_are_noted()
    {
        var table = Read("year,idaci,region,authority_name,authority,cin_per_social_worker,referral_rate_per_10000",
            "2011,0.2,Inner London,Camden,202,13.5,592.3");
        Assert.Equal("Inner London", table.Areas.Single().Region);
        Assert.EndsWith("that were left aside: idaci.", table.Notes.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_figure_is_missing_and_told_and_the_row_stays()
    {
        var table = Read(Header, "202,Camden,x,-1,2011", "203,Greenwich,400,10,2011");
        Assert.Equal([("202", null, null), ("203", 400.0, 10.0)],
            table.Areas.Select(a => (a.Authority, a.ReferralRatePer10000, a.CinPerSocialWorker)));
        Assert.Equal([(2, "referral_rate_per_10000", "\"x\""), (2, "cin_per_social_worker", "\"-1\"")],
            table.Reading!.Findings.Select(f => (f.Line, f.Column, f.Found)));
    }

    [Fact]
    public void A_row_without_a_usable_authority_name_or_year_is_left_out_and_counted()
    {
        var table = Read(Header, "940 / 941,Both,400,10,2011", "203,,400,10,2011", "204,Hackney,400,10,20x1", "202,Camden,400,10,2011",
            "205,Short,400");
        Assert.Equal("202", table.Areas.Single().Authority);
        Assert.Equal((5, 4, 4), (table.Reading!.RowsRead, table.Reading.FindingCount, table.Reading.Exclusions.Sum(e => e.Rows)));
    }

    [Fact]
    public void Codes_of_the_national_statistics_office_of_any_time_become_the_department_s()
    {
        // Gateshead until March 2013 and since; North Yorkshire since 2023.
        var table = Read(Header, "E08000020,Gateshead,1,1,2011", "E08000037,Gateshead,2,2,2017", "E06000065,North Yorkshire,3,3,2017");
        Assert.Equal([("390", "E08000020"), ("390", "E08000037"), ("815", "E06000065")],
            table.Areas.Select(a => (a.Authority, a.OnsCode)));
        Assert.Equal("Area table: 3 ONS codes were read as the three digits of their authority.", table.Notes.Single());
    }

    [Fact]
    public void An_ons_code_that_nobody_has_and_one_authority_under_two_codes_are_left_out_and_told()
    {
        var table = Read(Header, "390,Gateshead,1,1,2011", "E08000037,Gateshead,2,2,2011", "E06000999,Nowhere,3,3,2011");
        Assert.Equal(1.0, table.Areas.Single().CinPerSocialWorker);
        Assert.Equal([(3L, "\"E08000037\""), (4L, "\"E06000999\"")], table.Reading!.Findings.Select(f => (f.Line, f.Found)));
        Assert.Equal((3, 2), (table.Reading.RowsRead, table.Reading.Exclusions.Sum(e => e.Rows)));
    }

    [Fact]
    public void Three_digits_that_no_authority_has_are_noted_unless_the_row_is_simulated()
    {
        Assert.Contains(": 999.", Read(Header, "999,Own study area,1,1,2011").Notes.Single(), StringComparison.Ordinal);
        Assert.Empty(Read(Header + ",source_kind", "001,Simulated authority 001,1,1,2011,simulated").Notes);
    }

    [Theory]
    [InlineData("nfa_percent", "100.5")]
    [InlineData("rereferral_percent", "NaN")]
    [InlineData("cin_stock", "1e999")]
    [InlineData("first_referral_rate_per_10000", "-1")]
    [InlineData("deprivation", "high")]
    [InlineData("source_kind", "made")]
    [InlineData("workforce_basis", "Own")]
    [InlineData("workforce_covers", "940 and 941")]
    [InlineData("ons_code", "E12000001")]
    public void Optional_columns_are_held_to_the_contract_where_they_stand(string column, string cell)
    {
        var finding = Read($"{Header},{column}", $"202,Camden,1,1,2011,{cell}").Reading!.Findings.Single();
        Assert.Equal((2, column), (finding.Line, finding.Column));
    }

    [Fact]
    public void An_authority_twice_in_a_year_is_told_and_in_two_years_is_not()
    {
        Assert.Equal(2, Read(Header, "202,Camden,1,1,2011", "202,Camden,1,1,2012").Areas.Count);
        var table = Read(Header, "202,Camden,1,1,2011", "203,Greenwich,1,1,2011", "202,Camden,2,2,2011");
        Assert.Equal(1, table.Areas[0].CinPerSocialWorker);
        Assert.Equal(4, table.Reading!.Findings.Single().Line);
    }

    [Fact]
    public void A_missing_column_is_unreadable_and_named()
    {
        var problem = Refused("authority,authority_name,year", "202,Camden,2011");
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.StartsWith("no column referral_rate_per_10000, cin_per_social_worker", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_file_in_place_of_an_area_table_is_named()
    {
        var problem = Assert.Throws<ProblemException>(() => AreaTable.Read(files.Stock("2017,201,City,11"))).Problem;
        Assert.Equal("the layout of children in need, b1 stock (2013 on)", problem.Found);
        Assert.Contains("caseload areas", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_without_rows_fails_the_check() =>
        Assert.Equal((ProblemKind.CheckFailed, "a header without rows"), (Refused(Header).Kind, Refused(Header).Found));

    [Fact]
    public void A_year_is_chosen_and_one_that_is_not_there_is_refused_with_those_that_are()
    {
        var table = Read(Header, "203,Greenwich,1,1,2011", "202,Camden,1,1,2012", "202,Camden,1,1,2011");
        Assert.Equal([2011, 2012], table.Years);
        Assert.Equal(["202", "203"], table.ForYear(2011).Areas.Select(a => a.Authority));
        var problem = Assert.Throws<ProblemException>(() => table.ForYear(2016)).Problem;
        Assert.Equal((ProblemKind.CheckFailed, "an area table for 2011-2012"), (problem.Kind, problem.Found));
    }

    [Fact]
    public void A_table_comes_back_the_same_from_a_file_and_from_a_frame() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Tables().ToArbitrary(), table =>
        {
            var path = files.PathOf("round.csv");
            table.Write(path);
            return AreaTable.Read(path).Areas.SequenceEqual(table.Areas)
                && AreaTable.FromFrame(table.ToFrame()).Areas.SequenceEqual(table.Areas);
        }));

    [Fact]
    public void A_frame_that_was_read_without_a_schema_is_taken_though_codes_became_numbers()
    {
        var path = files.Write("areas.csv", Header + "\n202,Camden,592,13,2011\n");
        Assert.Equal(AreaTable.Read(path).Areas, AreaTable.FromFrame(Frame.LoadCsv(path)).Areas);
    }

    private static Gen<AreaTable> Tables()
    {
        var figure = Gen.OneOf(Gen.Constant((double?)null), Gen.Choose(0, 1 << 30).Select(n => (double?)(n / 977.0)));
        var percent = Gen.OneOf(Gen.Constant((double?)null), Gen.Choose(0, 1000).Select(n => (double?)(n / 10.0)));
        var name = Gen.Elements("Camden", "Bournemouth, Christchurch and Poole", "The \"Isle\"", "Kingston upon Hull, City of",
            "São Paulo");
        var area = from code in Gen.Choose(200, 999)
                   from year in Gen.Choose(2011, 2013)
                   from called in name
                   from figures in Gen.ArrayOf(figure, 9)
                   from percents in Gen.ArrayOf(percent, 2)
                   from basis in Gen.Elements<WorkforceBasis?>(null, WorkforceBasis.Own, WorkforceBasis.Joint, WorkforceBasis.Successors)
                   from kind in Gen.Elements<AreaSourceKind?>(null, AreaSourceKind.Published, AreaSourceKind.Simulated, AreaSourceKind.Own)
                   select new Area($"{code}", called, basis is null ? null : "Inner London", figures[0], figures[1], year)
                   {
                       OnsCode = kind is null ? null : $"E06000{code}", FirstReferralRatePer10000 = figures[6],
                       Deprivation = figures[7], ReReferrals = figures[8], Referrals = figures[2], CinStock = figures[3],
                       SocialWorkersFte = figures[4],
                       WorkforceBasis = basis, WorkforceCovers = basis is null ? null : $"{code}", CaseloadFte = figures[5],
                       ReReferralPercent = percents[0], NfaPercent = percents[1], SourceKind = kind,
                   };
        return area.NonEmptyListOf().Select(areas => new AreaTable(
            [.. areas.DistinctBy(a => (a.Authority, a.Year)).OrderBy(a => a.Year).ThenBy(a => a.Authority, StringComparer.Ordinal)]));
    }

    private AreaTable Read(string header, params string[] rows) =>
        AreaTable.Read(files.Write("areas.csv", string.Join('\n', [header, .. rows, ""])));

    private Problem Refused(string header, params string[] rows) => Assert.Throws<ProblemException>(() => Read(header, rows)).Problem;
}
