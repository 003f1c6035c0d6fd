namespace Caseload.Frames.Tests;

public sealed class StepProgressTests
{
    [Fact]
    public void It_is_written_as_a_bar_with_a_label_and_in_words()
    {
        var progress = new StepProgress("rows <1>", 1500, 2000);
        var texts = new StepProgressFormatters().CreateTypeFormatters().Cast<MimeFormatter<StepProgress>>().ToDictionary(f => f.MimeType, f =>
        {
            using var writer = new StringWriter();
            Assert.True(f.Format(progress, writer));
            return writer.ToString();
        });
        Assert.Equal("rows <1>: 1,500 of 2,000", texts["text/plain"]);
        Assert.Equal("<div><progress max=\"2000\" value=\"1500\" aria-label=\"rows &lt;1&gt;\">rows &lt;1&gt;: 1,500 of 2,000</progress>"
            + " rows &lt;1&gt;: 1,500 of 2,000</div>", texts["text/html"]);
    }

    [Fact]
    public void A_report_is_there_when_the_call_returns()
    {
        var reports = new List<int>();
        new InlineProgress<int>(reports.Add).Report(1);
        Assert.Equal([1], reports);
    }
}
