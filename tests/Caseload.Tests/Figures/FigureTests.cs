using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using Caseload.Figures;

namespace Caseload.Tests.Figures;

/// <summary>What is true of every figure that the kit draws.</summary>
public sealed class FigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<int> EveryFigure => [.. Enumerable.Range(0, SampleFigures.All().Count)];

    [Theory, MemberData(nameof(EveryFigure))]
    public void The_interactive_chart_is_JSON_with_title_objects_and_no_number_that_is_none(int index)
    {
        var json = SampleFigures.All()[index].ToPlotlyJson();
        using var document = JsonDocument.Parse(json);
        Assert.Equal(JsonValueKind.Array, document.RootElement.GetProperty("data").ValueKind);
        Assert.DoesNotContain("NaN", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", json, StringComparison.Ordinal);
        foreach (var title in Named(document.RootElement, "title"))
            Assert.Equal(JsonValueKind.String, title.GetProperty("text").ValueKind);
        Assert.NotEmpty(Named(document.RootElement.GetProperty("layout"), "title"));
    }

    [Theory, MemberData(nameof(EveryFigure))]
    public void The_picture_is_well_formed_and_says_what_it_shows(int index)
    {
        var figure = SampleFigures.All()[index];
        var root = XDocument.Parse(figure.ToSvg()).Root!;
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal(figure.Heading.Title, root.Element(Svg + "title")!.Value);
        Assert.Equal(figure.ToText(), root.Element(Svg + "desc")!.Value);
        var ids = root.Descendants().Attributes("id").Select(a => a.Value).ToHashSet();
        Assert.All(root.Attribute("aria-labelledby")!.Value.Split(' '), id => Assert.Contains(id, ids));
        Assert.Empty(root.Descendants(Svg + "script"));
    }

    [Theory, MemberData(nameof(EveryFigure))]
    public void The_sentence_is_one_line_and_the_table_holds_the_values(int index)
    {
        var figure = SampleFigures.All()[index];
        Assert.DoesNotContain('\n', figure.ToText());
        Assert.EndsWith(".", figure.ToText(), StringComparison.Ordinal);
        Assert.True(figure.Table.RowCount > 0);
    }

    [Theory, MemberData(nameof(EveryFigure))]
    public void Simulated_data_are_called_simulated_in_all_three_forms(int index)
    {
        var figure = SampleFigures.All(DataKind.Simulated)[index];
        Assert.Contains(SvgText.Of(figure.ToSvg()), t => t.Text == "Simulated data");
        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        Assert.Contains(json.RootElement.GetProperty("layout").GetProperty("annotations").EnumerateArray(),
            a => a.GetProperty("text").GetString() == "<b>Simulated data</b>");
        Assert.StartsWith("Simulated data: ", figure.ToText(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(EveryFigure))]
    public void Real_data_are_never_called_simulated(int index)
    {
        var figure = SampleFigures.All(DataKind.Real)[index];
        Assert.All([figure.ToSvg(), figure.ToPlotlyJson(), figure.ToText()],
            form => Assert.DoesNotContain("simulated", form, StringComparison.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(EveryFigure))]
    public void No_two_words_overlap_and_all_stay_inside(int index)
    {
        var texts = SvgText.Of(SampleFigures.All()[index].ToSvg());
        for (var i = 0; i < texts.Count; i++)
        {
            Assert.True(texts[i].Left >= 0 && texts[i].Right <= Plot.Width, $"{texts[i]} leaves the picture");
            for (var j = i + 1; j < texts.Count; j++) Assert.False(texts[i].Touches(texts[j]), $"{texts[i]} overlaps {texts[j]}");
        }
    }

    [Theory, MemberData(nameof(EveryFigure))]
    public void The_same_values_give_the_same_bytes(int index)
    {
        Assert.Equal(SampleFigures.All()[index].ToSvg(), SampleFigures.All()[index].ToSvg());
        Assert.Equal(SampleFigures.All()[index].ToPlotlyJson(), SampleFigures.All()[index].ToPlotlyJson());
    }

    [Theory, MemberData(nameof(EveryFigure))]
    public void A_notebook_finds_the_three_forms_by_name(int index)
    {
        var attribute = typeof(Figure).GetCustomAttributes().Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var source = Activator.CreateInstance((Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!)!;
        var formatters = (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        var written = formatters.ToDictionary(f => (string)f.GetType().GetProperty("MimeType")!.GetValue(f)!, f =>
        {
            using var writer = new StringWriter();
            Assert.Equal(true, f.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!.Invoke(f,
                [SampleFigures.All()[index], writer]));
            Assert.Equal(false, f.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!.Invoke(f, ["no figure", writer]));
            return writer.ToString();
        });
        Assert.Equal(["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"], written.Keys.Order());
        Assert.Equal(SampleFigures.All()[index].ToText(), written["text/plain"]);
    }

    [Fact]
    public void A_hostile_name_stays_text_in_every_form()
    {
        const string name = "</script><script>alert(1)</script><b a='\"&\u0001";
        var figure = SampleFigures.Caterpillar(30, name: name);
        Assert.DoesNotContain("<script", figure.ToSvg(), StringComparison.OrdinalIgnoreCase);
        XDocument.Parse(figure.ToSvg());
        Assert.DoesNotContain('<', figure.ToPlotlyJson());
        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        var shown = json.RootElement.GetProperty("layout").GetProperty("annotations").EnumerateArray()
            .Select(a => a.GetProperty("text").GetString()!)
            .Concat(json.RootElement.GetProperty("data").EnumerateArray().Where(t => t.TryGetProperty("hovertext", out _))
                .SelectMany(t => t.GetProperty("hovertext").EnumerateArray().Select(l => l.GetString()!)));
        Assert.All(shown, text => Assert.DoesNotMatch("<(?!/?b>|br>)", text));
        Assert.Contains(figure.Table.Text("Authority").Levels.ToArray(), level => level == name);
    }

    private static IEnumerable<JsonElement> Named(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(p => (p.Name == name ? new[] { p.Value } : []).Concat(Named(p.Value, name))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Named(e, name)),
        _ => [],
    };
}
