using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

public sealed class FitFormattersTests
{
    private static readonly MixedModelFit Fit = MixedModel.Fit(Simulated.TwoLevel(seed: 51, groups: 4), "y ~ x + (1 | g)");

    [Fact]
    public void Print_a_summary_with_every_part()
    {
        var text = Fit.ToString();
        foreach (var part in new[] { "y ~ x + (1 | g)", "60 observations in 4 groups of g;", "log-likelihood", "Random effects",
            "median odds ratio", "Fixed effects", "(Intercept)", "Warning (too few groups)" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_html_with_headings_for_rows_and_columns_and_nothing_unescaped()
    {
        var html = Write("text/html", Fit with { Formula = "y ~ I(x<2)" });
        Assert.Matches("<th scope=\"col\"[^>]*>estimate</th>", html);
        Assert.Matches("<th scope=\"row\"[^>]*>\\(Intercept\\)</th>", html);
        Assert.DoesNotMatch("<th[^>]*></th>", html);
        Assert.Contains("I(x&lt;2)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_a_comparison_of_fits()
    {
        var table = LikelihoodRatio.Compare(("pooled", MixedModel.Fit(Simulated.TwoLevel(seed: 51, groups: 4), "y ~ x")), ("mixed", Fit));
        Assert.Matches("<caption[^>]*>Likelihood-ratio tests", Write("text/html", table));
        Assert.Contains("chi-square", Write("text/plain", table), StringComparison.Ordinal);
    }

    [Fact]
    public void Leave_other_objects_alone() => Assert.False(Formatter<MixedModelFit>("text/html").Format("text", TextWriter.Null));

    // Hosts find the formatter by the attribute's name and its one property, without a reference to this library.
    [Fact]
    public void Are_found_by_the_name_of_an_attribute()
    {
        var attribute = typeof(MixedModelFit).GetCustomAttributes(inherit: false)
            .Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        Assert.Equal(typeof(FitFormatters), attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute));
    }

    private static string Write<T>(string mimeType, T instance)
        where T : class
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        Assert.True(Formatter<T>(mimeType).Format(instance, writer));
        return writer.ToString();
    }

    private static MimeFormatter<T> Formatter<T>(string mimeType) =>
        new FitFormatters().CreateTypeFormatters().OfType<MimeFormatter<T>>().Single(f => f.MimeType == mimeType);
}
