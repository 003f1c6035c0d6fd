using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Tests.Cohorts;

/// <summary>What of the area table stands beside the children.</summary>
public sealed class AreaJoinTests : IDisposable
{
    private static readonly Area Camden = new("202", "Camden", null, 550, 12, 2011);
    private static readonly Area Full = Camden with { FirstReferralRatePer10000 = 440, Region = "Inner London", Deprivation = 25.5 };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Region_deprivation_and_first_referral_rate_stand_in_the_cohort_where_the_table_has_them_and_are_read_back()
    {
        var children = Cohort(new AreaTable([Full]));
        Assert.Equal(["Inner London", "25.5", "440", "550"], Cells(children, 0));
        Assert.Equal(["", "", "", ""], Cells(children, 1)); // an authority without a row
        Assert.Null(children.Find("rate_choice"));

        var path = Path.Combine(folder.Path, "cohort.csv");
        children.SaveCsv(path);
        var read = CohortReader.Read(DataPackage.Load().Table("cohort"), path, new CohortSettings());
        Assert.Equal(0, read.Reading.FindingCount);
        Assert.Equal(Cells(children, 0), Cells(read.Cohort.Children, 0));
    }

    [Fact]
    public void A_table_without_them_adds_no_columns()
    {
        var children = Cohort(new AreaTable([Camden]));
        Assert.All(new[] { "region", "deprivation", "first_referral_rate_per_10000" }, name => Assert.Null(children.Find(name)));
    }

    [Fact]
    public void A_cohort_with_the_first_referral_rate_says_so()
    {
        var children = Cohort(new AreaTable([Full]).Choose(new AreaChoice(RateChoice.First), 2011));
        Assert.Equal(("440", "first"), (children["referral_rate_per_10000"].Format(0), children["rate_choice"].Format(0)));
    }

    [Fact]
    public void A_figure_that_differs_between_children_of_an_authority_is_told()
    {
        var path = Path.Combine(folder.Path, "cohort.csv");
        Cohort(new AreaTable([Camden])).SaveCsv(path);
        var lines = File.ReadAllLines(path);
        var header = lines[0].Split(',');
        var (rate, authority) = (Array.IndexOf(header, "referral_rate_per_10000"), Array.IndexOf(header, "authority"));
        var other = lines[2].Split(',');
        (other[rate], other[authority]) = ("551", "202");
        lines[2] = string.Join(',', other);
        File.WriteAllLines(path, lines);

        var cases = CohortReader.Read(DataPackage.Load().Table("cohort"), path, new CohortSettings()).Cohort.Cases;
        var told = cases.Single(c => c.What.Contains("differs between children", StringComparison.Ordinal));
        Assert.Equal(("Authorities within which referral_rate_per_10000 differs between children", 1), (told.What, told.Count));
    }

    private static string[] Cells(Frame children, int row) =>
    [
        children["region"].Format(row), children["deprivation"].Format(row), children["first_referral_rate_per_10000"].Format(row),
        children["referral_rate_per_10000"].Format(row),
    ];

    private Frame Cohort(AreaTable areas)
    {
        var path = folder.File("r.csv",
            "LEA,Year,LAchildID,PersonBirthDate,GenderCurrent,Disabilities,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA\n"
            + "202,2011,A,2003-01-01,2,NONE,2010-05-01,N1,,0\n203,2011,A,2003-01-01,2,NONE,2010-05-01,N1,,0\n");
        var returns = ReturnsReader.ReadFiles(DataPackage.Load().Table("returns"), [path]);
        return CohortBuilder.Build(returns, areas, new CohortSettings()).Children;
    }
}
