using System.Globalization;
using Caseload.Returns.Census;
using FsCheck.Fluent;

namespace Caseload.Tests.Returns.Census;

public sealed class CensusItemTests
{
    [Theory]
    [InlineData("2012-02-29", true)]
    [InlineData("2011-02-29", false)]
    [InlineData("2100-02-29", false)]
    [InlineData("0000-01-01", false)]
    [InlineData("0001-01-01", true)]
    [InlineData("2011-13-01", false)]
    [InlineData("2011-00-10", false)]
    [InlineData("2011-04-31", false)]
    [InlineData("2011-4-1", false)]
    [InlineData("2011-04-01T00:00:00", false)]
    [InlineData("01/04/2011", false)]
    [InlineData("２０１１-04-01", false)]
    [InlineData("+011-04-01", false)]
    [InlineData("", false)]
    public void A_date_is_a_day_of_the_calendar_as_year_month_day(string text, bool isDate) => Assert.Equal(isDate, new CensusItem(text, 1).Date is not null);

    [Fact]
    public void Its_own_parser_agrees_with_the_platforms() => Properties.Hold(
        from text in Gen.Choose(0, 4_000_000)
        from damaged in Gen.Choose(0, 19)
        from with in Gen.Elements("0123456789-x ".ToCharArray())
        select Damage(DateOnly.FromDayNumber(Math.Min(text, DateOnly.MaxValue.DayNumber)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), damaged, with),
        text => Assert.Equal(
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null, new CensusItem(text, 1).Date),
        2_000);

    [Fact]
    public void An_item_that_was_never_set_is_absent()
    {
        CensusItem absent = default;

        Assert.Equal(("", false, 0L), (absent.Text, absent.IsPresent, absent.Line));
        Assert.Null(absent.Date);
        Assert.Null(absent.Flag);
    }

    private static string Damage(string text, int at, char with) => at >= text.Length ? text : text[..at] + with + text[(at + 1)..];
}
