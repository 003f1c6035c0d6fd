using Caseload.Frames;
using Caseload.Notebooks.Formatting;

namespace Caseload.Notebooks.Tests.Formatting;

public sealed class ValueFormatterTests
{
    private readonly ValueFormatter formatter = new();

    private enum Grade
    {
        Low,
    }

    private string Text(object value) => formatter.Format(value)!.Text("text/plain")!;

    [Fact]
    public void Null_shows_nothing() => Assert.Null(formatter.Format(null));

    [Fact]
    public void Scalars_are_written_the_same_on_every_machine()
    {
        Assert.Equal("1234.5", Text(1234.5));
        Assert.Equal("0.1", Text(0.1m));
        Assert.Equal("True", Text(true));
        Assert.Equal("Low", Text(Grade.Low));
        Assert.Equal("2016-03-31", Text(new DateOnly(2016, 3, 31)));
        Assert.Equal("2016-03-31", Text(new DateTime(2016, 3, 31, 0, 0, 0, DateTimeKind.Unspecified)));
        Assert.Equal("2016-03-31 14:05:00", Text(new DateTime(2016, 3, 31, 14, 5, 0, DateTimeKind.Unspecified)));
        Assert.Equal("(1, x)", Text((1, "x")));
        Assert.Equal(["text/plain"], formatter.Format("a <b>")!.MimeTypes);
    }

    [Fact]
    public void Objects_in_a_collection_are_a_table_with_a_column_a_property()
    {
        var bundle = formatter.Format(new[] { new { Name = "A<", Count = 1.5 }, new { Name = "B", Count = 20.0 } })!;
        Assert.Equal("Name     Count\nstring  double\nA<         1.5\nB           20\n(2 rows)", bundle.Text("text/plain"));
        var html = bundle.Text("text/html")!;
        Assert.Contains("<th scope=\"col\">Name<br><small>string</small></th>", html, StringComparison.Ordinal);
        Assert.Contains("<td>A&lt;</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_collection_shows_twenty_rows_and_says_how_many_there_are()
    {
        var text = Text(Enumerable.Range(1, 1500).ToList());
        Assert.Equal(23, text.Split('\n').Length);
        Assert.EndsWith("(1,500 rows, the first 20 shown)", text, StringComparison.Ordinal);
        Assert.EndsWith("(20 rows)", Text(Enumerable.Range(1, 20).ToList()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_without_end_is_drawn_from_no_further_than_is_shown()
    {
        var drawn = 0;
        IEnumerable<int> Endless()
        {
            while (true) yield return drawn++;
        }

        Assert.EndsWith("(more than 20 rows, the first 20 shown)", Text(Endless()), StringComparison.Ordinal);
        Assert.Equal(21, drawn);
    }

    [Fact]
    public void Dictionaries_and_tuples_have_their_own_columns()
    {
        Assert.StartsWith("Key     Value\nstring    int\na           1",
            Text(new Dictionary<string, int> { ["a"] = 1 }), StringComparison.Ordinal);
        Assert.StartsWith("Item1  Item2\n  int  string\n    1  x", Text(new[] { (1, "x") }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_throws_is_told_and_the_others_are_shown() =>
        Assert.Contains("(InvalidOperationException)", Text(new Faulty()), StringComparison.Ordinal);

    [Fact]
    public void HTML_is_shown_as_it_is() => Assert.Equal("<b>x</b>", formatter.Format(new HtmlText("<b>x</b>"))!.Text("text/html"));

    [Fact]
    public void A_type_with_formatters_of_its_own_is_shown_in_each_of_its_MIME_types_and_JSON_as_JSON()
    {
        var bundle = formatter.Format(new Chart())!;
        Assert.Equal(["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"], bundle.MimeTypes.Order());
        Assert.Equal("""{"data":[1]}""", bundle.Text("application/vnd.plotly.v1+json"));
        Assert.Equal("a chart", bundle.Text("text/plain"));
    }

    [Fact]
    public void A_derived_type_is_shown_as_its_base() =>
        Assert.Equal("<svg/>", formatter.Format(new SpecialChart())!.Text("image/svg+xml"));

    [Fact]
    public void Preferred_MIME_types_are_taken_and_others_come_when_asked_for()
    {
        Assert.DoesNotContain("text/html", formatter.Format(new Chart())!.MimeTypes);
        Assert.Equal(["text/html"], formatter.Format(new Chart(), "text/html")!.MimeTypes);
        Assert.Equal(["text/plain"], formatter.Format(new Chart(), "video/mp4")!.MimeTypes);
    }

    [Fact]
    public void Broken_JSON_of_a_formatter_is_told()
    {
        var problem = Assert.Throws<ProblemException>(() => formatter.Format(new BrokenChart())).Problem;
        Assert.Equal((ProblemKind.CheckFailed, "application/json"), (problem.Kind, problem.Where));
    }

    [Fact]
    public void A_frame_shows_itself_by_the_convention()
    {
        using var folder = new TemporaryFolder();
        var bundle = formatter.Format(Frame.LoadCsv(folder.Write("frame.csv", "a,b\n1,x\n")))!;
        Assert.Equal(["text/html", "text/plain"], bundle.MimeTypes.Order());
        Assert.Contains("<table", bundle.Text("text/html")!, StringComparison.Ordinal);
    }

    private sealed class Faulty
    {
        public int Bad => throw new InvalidOperationException("no");
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;

        public string[] PreferredMimeTypes { get; init; } = [];
    }

    [TypeFormatterSource(typeof(ChartFormatters), PreferredMimeTypes = ["application/vnd.plotly.v1+json", "image/svg+xml"])]
    private class Chart
    {
        public override string ToString() => "a chart";
    }

    private sealed class SpecialChart : Chart;

    [TypeFormatterSource(typeof(BrokenFormatters))]
    private sealed class BrokenChart;

    public sealed class ChartFormatters
    {
        public IEnumerable<object> CreateTypeFormatters() =>
        [
            new ChartFormatter("text/html", "<p>"), new ChartFormatter("image/svg+xml", "<svg/>"),
            new ChartFormatter("application/vnd.plotly.v1+json", """{ "data": [1] }"""), "no formatter",
        ];
    }

    public sealed class BrokenFormatters
    {
        public IEnumerable<object> CreateTypeFormatters() => [new ChartFormatter("application/json", "{")];
    }

    public sealed class ChartFormatter(string mimeType, string text)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(text);
            return true;
        }
    }
}
