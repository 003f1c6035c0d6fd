using Caseload.Cohorts.Variables;

namespace Caseload.Tests.Cohorts.Variables;

public sealed class AgeTests
{
    [Theory]
    [InlineData("2003-05-01", "2010-04-30", 6)]
    [InlineData("2003-05-01", "2010-05-01", 7)]
    [InlineData("2010-05-02", "2010-05-01", -1)]
    [InlineData("2004-02-29", "2022-02-28", 17)]
    [InlineData("2004-02-29", "2022-03-01", 18)]
    [InlineData("2004-02-29", "2008-02-28", 3)]
    [InlineData("2004-02-29", "2008-02-29", 4)]
    public void Years_are_completed_on_the_birthday(string born, string on, int years) =>
        Assert.Equal(years, Age.On(DateOnly.Parse(born, null), DateOnly.Parse(on, null)));

    [Theory]
    [InlineData(-1, "unborn")]
    [InlineData(0, "0")]
    [InlineData(4, "1-4")]
    [InlineData(5, "5-9")]
    [InlineData(12, "10-12")]
    [InlineData(13, "13-15")]
    [InlineData(17, "16-17")]
    [InlineData(18, "18+")]
    public void Groups_begin_and_end_where_the_code_list_says(int years, string group) => Assert.Equal(group, Age.Groups[Age.GroupOf(years)]);
}
