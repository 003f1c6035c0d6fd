using Caseload.Areas;
using Caseload.Frames;
using Caseload.Testing;

namespace Caseload.Tests.Areas;

public sealed class AuthorityRegisterTests
{
    private static readonly DateOnly Then = new(2011, 3, 31);

    [Fact]
    public void The_register_in_the_library_is_the_file_of_the_contract()
    {
        var file = Frame.LoadCsv(Path.Combine(Checkout.Root, "data-schema", "registers", "local-authority.csv"));
        Assert.Equal(["authority", "ons_code", "region", "valid_from", "valid_to", "authority_name"], file.Columns.Select(c => c.Name));
        Assert.Equal(Enumerable.Range(0, file.RowCount).Select(row => (file["authority"].Format(row), file["authority_name"].Format(row))),
            AuthorityRegister.All.Select(a => (a.Authority, a.Name)));
    }

    [Fact]
    public void Codes_are_of_their_systems_and_an_ons_code_has_one_authority()
    {
        Assert.All(AuthorityRegister.All, a => Assert.True(AuthorityCodes.IsDfe(a.Authority), a.Authority));
        Assert.All(AuthorityRegister.All.Where(a => a.OnsCode is not null), a => Assert.True(AuthorityCodes.IsOns(a.OnsCode!), a.OnsCode));
        Assert.Equal(AuthorityRegister.All.Count(a => a.OnsCode is not null),
            AuthorityRegister.All.Select(a => a.OnsCode).OfType<string>().Distinct().Count());
    }

    [Theory]
    // The English authorities with children's services: 152 until 2019, 151 until 2021, 152 until 2023, 153 since.
    [InlineData("2009-04-01", 152)]
    [InlineData("2019-03-31", 152)]
    [InlineData("2019-04-01", 151)]
    [InlineData("2021-04-01", 152)]
    [InlineData("2023-04-01", 153)]
    [InlineData("2025-04-01", 153)]
    public void Each_day_has_the_number_of_authorities_that_there_were_each_under_one_code(string day, int count)
    {
        var on = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var standing = AuthorityRegister.All.Where(a => (a.From is null || a.From <= on) && (a.To is null || a.To >= on)).ToArray();
        Assert.Equal(count, standing.Length);
        Assert.Equal(count, standing.Select(a => a.Authority).Distinct().Count());
    }

    [Fact]
    public void Codes_of_one_authority_follow_each_other_without_a_gap()
    {
        foreach (var codes in AuthorityRegister.All.GroupBy(a => a.Authority).Select(g => g.ToArray()).Where(g => g.Length > 1))
            Assert.Equal(codes[0].To!.Value.AddDays(1), codes[1].From);
    }

    [Fact]
    public void Authorities_end_and_begin_on_the_days_of_the_known_boundary_changes()
    {
        foreach (var change in BoundaryChange.Known)
        {
            Assert.All(change.Before, code => Assert.Equal(change.On.AddDays(-1), AuthorityRegister.OfDfe(code)!.To));
            Assert.All(change.After, code => Assert.Equal(change.On, AuthorityRegister.All.First(a => a.Authority == code).From));
        }
    }

    [Theory]
    [InlineData("E08000020", "390")]
    [InlineData("E08000037", "390")]
    [InlineData("E06000048", "929")]
    [InlineData("E10000002", "825")]
    [InlineData("E06000060", "825")]
    [InlineData("E10000009", "835")]
    [InlineData("E06000059", "838")]
    [InlineData("E09000001", "201")]
    [InlineData("E06000053", "420")]
    [InlineData("202", "202")]
    [InlineData("E06000999", null)]
    [InlineData("Camden", null)]
    public void Either_system_leads_to_the_three_digits(string code, string? authority) =>
        Assert.Equal(authority, AuthorityRegister.ToDfe(code));

    [Theory]
    [InlineData("b1_children_in_need_2013_to_2023.csv")]
    [InlineData("c1_children_in_need_referrals_and_rereferrals_2013_to_2023.csv")]
    [InlineData("csww_indicators_2017_to_2023.csv")]
    public void The_published_files_agree_with_the_register_in_every_code_and_region(string name)
    {
        var file = Frame.LoadCsv(SharedFiles.Require("data/la/" + name));
        var rows = Enumerable.Range(0, file.RowCount).Where(row => file["geographic_level"].Format(row) == "Local authority").ToArray();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var codes = file["old_la_code"].Format(row).Split(" / ");
            var ons = file["new_la_code"].Format(row).Split(" / ");
            Assert.Equal(codes, ons.Select(AuthorityRegister.ToDfe));
            Assert.All(codes, code => Assert.Equal(file["region_name"].Format(row), AuthorityRegister.OfDfe(code)!.Region));
        }
    }

    [Theory]
    [InlineData("osr26-2011ud.csv")]
    [InlineData("SFR27-2012ud.csv")]
    public void The_early_files_hold_the_authorities_of_their_day(string name)
    {
        var rows = PublishedFile.Read(SharedFiles.Require("data/la/" + name), PublishedRole.Stock).Rows;
        var standing = AuthorityRegister.All.Where(a => (a.From is null || a.From <= Then) && (a.To is null || a.To >= Then));
        Assert.Equal(standing.Select(a => a.Authority),
            rows.Select(r => r.Label).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(2017)]
    [InlineData(2018)]
    [InlineData(2019)]
    [InlineData(2020)]
    [InlineData(2021)]
    [InlineData(2022)]
    [InlineData(2023)]
    public void Every_joint_row_of_the_workforce_file_is_used_by_all_its_authorities(int year)
    {
        string Of(string name) => SharedFiles.Require("data/la/" + name);
        var build = AreaBuilder.Build(new AreaSources([Of("c1_children_in_need_referrals_and_rereferrals_2013_to_2023.csv")],
            [Of("b1_children_in_need_2013_to_2023.csv")], [Of("csww_indicators_2017_to_2023.csv")]) { Years = [year] }).Single();
        var joint = build.Files[2].Of(year).Where(r => r.Codes.Count > 1).ToArray();
        Assert.Equal(year < 2021 ? ["314 / 318"] : ["314 / 318", "940 / 941"], joint.Select(r => r.Label).Order());
        foreach (var row in joint)
        {
            var users = build.Table.Areas.Where(a => a.WorkforceCovers == row.Label).Select(a => a.Authority);
            // Northamptonshire was still one on 31 March 2021.
            Assert.Equal(year == 2021 && row.Label == "940 / 941" ? ["928"] : row.Codes, users);
        }
    }
}
