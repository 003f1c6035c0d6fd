using Caseload.Areas;

namespace Caseload.Tests.Areas;

public sealed class AuthorityCodesTests
{
    [Theory]
    [InlineData("940", "940")]
    [InlineData("940 / 941", "940 941")]
    [InlineData("941/940", "940 941")]
    public void A_cell_holds_one_code_or_several_divided_by_slashes(string cell, string codes) =>
        Assert.Equal(codes.Split(' '), AuthorityCodes.Split(cell));

    [Theory]
    [InlineData("")]
    [InlineData("94")]
    [InlineData("E06000061")]
    [InlineData("940 / E06000062")]
    [InlineData("940 / 940")]
    [InlineData("940 941")]
    [InlineData("94O")]
    public void Anything_else_is_no_code(string cell) => Assert.Null(AuthorityCodes.Split(cell));

    [Theory]
    [InlineData("E06000001", true)]
    [InlineData("E08000037", true)]
    [InlineData("E09000012", true)]
    [InlineData("E10000021", true)]
    [InlineData("E12000001", false)] // a region
    [InlineData("E92000001", false)] // England
    [InlineData("840", false)]
    public void An_ons_code_is_one_of_an_authority(string text, bool expected) => Assert.Equal(expected, AuthorityCodes.IsOns(text));
}
