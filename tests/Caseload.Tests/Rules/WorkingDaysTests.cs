using Caseload.Rules;

namespace Caseload.Tests.Rules;

public sealed class WorkingDaysTests
{
    // Dates of Easter Sunday: the Book of Common Prayer's tables as printed in calendars of those years.
    [Theory]
    [InlineData(2009, "2009-04-12")]
    [InlineData(2011, "2011-04-24")]
    [InlineData(2013, "2013-03-31")]
    [InlineData(2016, "2016-03-27")]
    [InlineData(2018, "2018-04-01")]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    public void Easter_is_where_the_calendar_has_it(int year, string date) => Assert.Equal(date, WorkingDays.Easter(year).ToString("yyyy-MM-dd"));

    // 1 April 2013 was Easter Monday and 29 March Good Friday; 1 April 2018 was Easter Sunday; 31 March 2010 a Wednesday; 1 April 2012 a Sunday.
    [Theory]
    [InlineData(2010, "2010-03-31")]
    [InlineData(2012, "2012-03-30")]
    [InlineData(2013, "2013-03-28")]
    [InlineData(2018, "2018-03-29")]
    public void The_working_day_before_1_April_leaves_weekends_and_Easter_out(int year, string date) =>
        Assert.Equal(date, WorkingDays.Before(new DateOnly(year, 4, 1)).ToString("yyyy-MM-dd"));
}
