using Caseload.Models;
using Caseload.Schemas;

namespace Caseload.Tests.Models;

public sealed class ModelTermsTests
{
    [Fact]
    public void A_need_and_an_age_group_are_called_in_the_model_what_the_code_lists_call_them()
    {
        var package = DataPackage.Load();
        var needs = package.Table("cohort").Find("need")!.Constraints.Codes!;

        Assert.NotEmpty(needs);
        Assert.All(needs, code => Assert.Equal(package.Codes("primary-need").Label(code), ModelTerms.Describe("need" + code).Label));
        Assert.All(new[] { "unborn", "0", "1-4", "5-9", "10-12" },
            code => Assert.Equal(package.Codes("age-group").Label(code), ModelTerms.Describe("age_group" + code).Label));
    }

    [Fact]
    public void A_coefficient_that_is_not_the_studys_keeps_its_name() => Assert.Equal("deprivation", ModelTerms.Describe("deprivation").Label);
}
