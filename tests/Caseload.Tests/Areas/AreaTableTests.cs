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
        Assert.EndsWith("columns that the kit does not use: idaci.", table.Notes.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bad_cell_is_told_with_line_column_and_what_was_found()
    {
        var problem = Refused(Header, "E06000001,Hartlepool,400,10,2011", "940 / 941,Both,400,10,2011", "203,,x,-1,20x1");

        Assert.Equal(ProblemKind.CheckFailed, problem.Kind);
        Assert.Equal("6 cells that cannot be taken", problem.Found);
        string[] expected =
        [
            "line 2, column authority: \"E06000001\"; expected the department's three digits; ONS codes go in the column ons_code",
            "line 3, column authority: \"940 / 941\"; expected one authority a row",
            "line 4, column authority_name: an empty cell; expected the authority's name",
            "line 4, column year: \"20x1\"; expected a year of four digits, 1990 to 2100",
            "line 4, column referral_rate_per_10000: \"x\"; expected a number from 0 up, or an empty cell",
            "line 4, column cin_per_social_worker: \"-1\"; expected a number from 0 up, or an empty cell",
        ];
        Assert.Equal(expected, problem.Where.Split('\n').Select(line => line[line.IndexOf("line ", StringComparison.Ordinal)..]));
    }

    [Theory]
    [InlineData("nfa_percent", "100.5", "a number from 0 to 100, or an empty cell")]
    [InlineData("rereferral_percent", "NaN", "a number from 0 to 100, or an empty cell")]
    [InlineData("cin_stock", "1e999", "a number from 0 up, or an empty cell")]
    [InlineData("source_kind", "made", "one of published, simulated, own")]
    [InlineData("workforce_basis", "Own", "one of own, joint, successors")]
    [InlineData("workforce_covers", "940 and 941", "codes of three digits divided by slashes")]
    [InlineData("ons_code", "E12000001", "E06, E08, E09 or E10 and six digits")]
    public void Optional_columns_are_held_to_the_contract_where_they_stand(string column, string cell, string expected)
    {
        var problem = Refused($"{Header},{column}", $"202,Camden,1,1,2011,{cell}");
        Assert.EndsWith($"line 2, column {column}: \"{cell}\"; expected {expected}", problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void An_authority_twice_in_a_year_is_refused_and_in_two_years_is_not()
    {
        Assert.Equal(2, Read(Header, "202,Camden,1,1,2011", "202,Camden,1,1,2012").Areas.Count);
        var problem = Refused(Header, "202,Camden,1,1,2011", "203,Greenwich,1,1,2011", "202,Camden,2,2,2011");
        Assert.Contains("line 4, column authority: \"202\"; expected an authority once a year; it stands on line 2 for 2011",
            problem.Where, StringComparison.Ordinal);
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
                   from figures in Gen.ArrayOf(figure, 6)
                   from percents in Gen.ArrayOf(percent, 2)
                   from basis in Gen.Elements<WorkforceBasis?>(null, WorkforceBasis.Own, WorkforceBasis.Joint, WorkforceBasis.Successors)
                   from kind in Gen.Elements<AreaSourceKind?>(null, AreaSourceKind.Published, AreaSourceKind.Simulated, AreaSourceKind.Own)
                   select new Area($"{code}", called, basis is null ? null : "Inner London", figures[0], figures[1], year)
                   {
                       OnsCode = kind is null ? null : $"E06000{code}", Referrals = figures[2], CinStock = figures[3],
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
