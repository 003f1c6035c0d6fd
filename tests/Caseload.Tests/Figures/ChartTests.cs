using System.Text.Json;
using Caseload.Figures;
using Caseload.Figures.Charts;
using Caseload.Frames;

namespace Caseload.Tests.Figures;

/// <summary>What each chart does with its own kind of values.</summary>
public sealed class ChartTests
{
    [Theory]
    [InlineData(152, -2.1)]
    [InlineData(152, -0.3)]
    [InlineData(144, 3.0)]
    [InlineData(24, -0.3)]
    [InlineData(2, -0.3)]
    [InlineData(1, 0.3)]
    public void The_names_of_authorities_never_overlap(int count, double outlier)
    {
        var texts = SvgText.Of(SampleFigures.Caterpillar(count, outlier: outlier).ToSvg());
        for (var i = 0; i < texts.Count; i++)
        {
            Assert.True(texts[i].Left >= 0 && texts[i].Right <= Plot.Width, $"{texts[i]} leaves the picture");
            for (var j = i + 1; j < texts.Count; j++) Assert.False(texts[i].Touches(texts[j]), $"{texts[i]} overlaps {texts[j]}");
        }
    }

    [Fact]
    public void A_caterpillar_names_the_ten_furthest_at_each_end_and_keeps_all_in_its_table()
    {
        var figure = SampleFigures.Caterpillar(152);
        Assert.Equal(152, figure.Table.RowCount);
        Assert.Equal(20, SvgText.Of(figure.ToSvg())
            .Count(t => t.Text.StartsWith("Authority ", StringComparison.Ordinal)
            || t.Text.StartsWith("Bournemouth", StringComparison.Ordinal)));
        Assert.Equal(Sorted(figure.Table.Number("Effect")), figure.Table.Number("Effect").Values.ToArray());
    }

    [Fact]
    public void A_caterpillar_of_equal_effects_without_intervals_is_drawn()
    {
        var figure = CaterpillarChart.Build(
            [.. Enumerable.Range(0, 3).Select(i => new AuthorityEffect($"A{i}", 0, double.NaN, double.NaN, ExpectationClass.AsExpected))],
            SampleFigures.Heading("same", "Same"));
        Assert.DoesNotContain("NaN", figure.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_funnel_keeps_every_ratio_in_its_table_and_draws_the_one_far_out_within_reach_with_its_ratio_in_words()
    {
        var figure = SampleFigures.Funnel();
        var points = figure.Plot!.Traces.OfType<PointTrace>().ToArray();

        Assert.Equal(144, figure.Table.RowCount);
        Assert.Equal(0.12, figure.Table.Number("Ratio").Values.ToArray().Min());
        Assert.All(points.SelectMany(p => p.Y), y => Assert.InRange(y, figure.Plot.Y.Min, figure.Plot.Y.Max));
        Assert.Contains(SvgText.Of(figure.ToSvg()), t => t.Text == "Authority 000: 0.12");
    }

    [Fact]
    public void A_funnel_of_few_expected_children_ends_at_a_ratio_of_0()
    {
        var figure = FunnelChart.Build([new("A", 4, 0, ExpectationClass.AsExpected), new("B", 6, 1.4, ExpectationClass.AsExpected)],
            [new(4, 1, 1.6), new(6, 0.8, 1.3)], SampleFigures.Heading("few", "Few"));

        Assert.Equal(0, figure.Plot!.Y.Min);
        Assert.All(figure.Plot.Traces.OfType<LineTrace>().SelectMany(l => l.Y), y => Assert.True(y >= 0));
    }

    [Fact]
    public void Names_in_a_funnel_never_lie_on_each_other()
    {
        FunnelPoint[] crowd = [.. Enumerable.Range(0, 40).Select(i => new FunnelPoint($"Authority {i:00}", 300 + i, 1.2 + (i * 0.0005), ExpectationClass.Above))];
        var texts = SvgText.Of(FunnelChart.Build(crowd, [new(200, 0.1, 0.2), new(400, 0.1, 0.2)], SampleFigures.Heading("crowd", "Crowd")).ToSvg());

        Assert.Contains(texts, t => t.Text == "Authority 39");
        for (var i = 0; i < texts.Count; i++)
        {
            for (var j = i + 1; j < texts.Count; j++) Assert.False(texts[i].Touches(texts[j]), $"{texts[i]} overlaps {texts[j]}");
        }
    }

    [Theory]
    [InlineData(double.NaN, 300)]
    [InlineData(1.1, 0)]
    public void A_funnel_needs_a_ratio_and_an_expected_number(double ratio, double expected) => Assert.Throws<ArgumentException>(() => FunnelChart.Build(
        [new("A", expected, ratio, ExpectationClass.Above)], [new(300, 0.1, 0.2)], SampleFigures.Heading("none", "None")));

    [Fact]
    public void An_effect_that_is_no_number_is_refused()
    {
        var effect = new AuthorityEffect("A", double.NaN, 0, 0, ExpectationClass.Above);
        Assert.Throws<ArgumentException>(() => CaterpillarChart.Build([effect], SampleFigures.Heading("none", "None")));
    }

    [Fact]
    public void Predictions_without_a_band_are_drawn()
    {
        var curve = new InteractionCurve(10, [new(300, 0.4, double.NaN, double.NaN), new(700, 0.5, double.NaN, double.NaN)]);
        var figure = InteractionChart.Build(new InteractionData([curve], [], 550), SampleFigures.Heading("bare", "Bare"));
        Assert.DoesNotContain("NaN", figure.ToSvg() + figure.ToPlotlyJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_suppressed_rate_has_words_and_no_bar()
    {
        var figure = RatesByGroupChart.Build([new("", "Shown") { Children = 1200, Rate = 0.5 }, new("", "Hidden")],
            SampleFigures.Heading("rates", "Rates"));
        Assert.Contains(SvgText.Of(figure.ToSvg()), t => t.Text == "suppressed");
        Assert.Equal([0.5, null], Data(figure, 0, "x"));
        Assert.True(figure.Table["Children"].IsMissing(1));
    }

    [Fact]
    public void Odds_ratios_lie_on_a_logarithmic_axis_where_half_and_double_are_equally_far_from_one()
    {
        var figure = OddsRatioChart.Build([new("", "half") { Estimate = 0.5, Lower = 0.4, Upper = 0.6 },
            new("", "double") { Estimate = 2, Lower = 1.5, Upper = 2.5 }], SampleFigures.Heading("or", "OR"));
        var axis = figure.Plot.X;
        Assert.Equal(axis.Fraction(1) - axis.Fraction(0.5), axis.Fraction(2) - axis.Fraction(1), 12);
        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        var x = json.RootElement.GetProperty("layout").GetProperty("xaxis");
        Assert.Equal("log", x.GetProperty("type").GetString());
        Assert.Equal(Math.Log10(axis.Min), x.GetProperty("range")[0].GetDouble(), 8);
    }

    [Fact]
    public void Intervals_reach_from_their_lower_to_their_upper_end()
    {
        using var json = JsonDocument.Parse(OddsRatioChart.Build([new("", "a") { Estimate = 1.5, Lower = 1.2, Upper = 2.1 }],
            SampleFigures.Heading("or", "OR")).ToPlotlyJson());
        var error = json.RootElement.GetProperty("data")[0].GetProperty("error_x");
        Assert.Equal(0.6, error.GetProperty("array")[0].GetDouble(), 9);
        Assert.Equal(0.3, error.GetProperty("arrayminus")[0].GetDouble(), 9);
    }

    [Fact]
    public void A_term_without_an_estimate_and_a_reference_level_are_told_apart()
    {
        var texts = SvgText.Of(SampleFigures.OddsRatios().ToSvg()).Select(t => t.Text).ToArray();
        Assert.Contains("no estimate", texts);
        Assert.Equal(2, texts.Count(t => t == "reference"));
    }

    [Fact]
    public void The_interaction_shows_every_line_the_authorities_and_the_published_median()
    {
        var figure = SampleFigures.Interaction();
        Assert.Equal(3, figure.Plot.Traces.OfType<LineTrace>().Count());
        Assert.Equal(144, figure.Plot.Traces.OfType<RugTrace>().Single().X.Count);
        Assert.Equal(550, figure.Plot.Shapes.OfType<ReferenceLine>().Single().Value);
        Assert.Contains(SvgText.Of(figure.ToSvg()), t => t.Text == "published national median, 550");
        Assert.Equal(3, figure.Plot.Traces.OfType<LineTrace>().Select(l => (l.Colour, l.Dash)).Distinct().Count());
        Assert.Equal(3, figure.Plot.Traces.OfType<LineTrace>().Select(l => l.Dash).Distinct().Count());
    }

    [Fact]
    public void Both_denominators_stand_side_by_side()
    {
        var figure = SampleFigures.Cumulative();
        Assert.Equal(["Age-eligible children", "All children"], figure.Plot.Traces.Select(t => t.Name));
        Assert.All(figure.Plot.Traces.OfType<LineTrace>(), line => Assert.Equal(LineShape.Step, line.Shape));
        Assert.Contains("50.0%", figure.AltText, StringComparison.Ordinal);
        Assert.Contains("54.5%", figure.AltText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_diagram_shows_each_stage_each_reason_and_the_sum_left_out()
    {
        var texts = string.Join(' ', SvgText.Of(SampleFigures.Flow().ToSvg()).Select(t => t.Text));
        Assert.All(["498,867", "366,196", "90,209", "132,671 left out:", "129,431 reached 18"],
            part => Assert.Contains(part, texts, StringComparison.Ordinal));
        Assert.Equal(8, SampleFigures.Flow().Table.RowCount);
    }

    [Fact]
    public void Bars_of_two_series_stand_side_by_side_and_upright()
    {
        BarTrace Bars(string name, double shift, Colour colour) => new()
        {
            Name = name, Direction = Direction.Vertical, Positions = [0 + shift, 1 + shift], Values = [0.2, 0.4], Thickness = 0.36,
            Colour = colour,
        };
        var figure = SampleFigures.Cumulative() with
        {
            Plot = new Plot { X = Axis.Categories(["a", "b"]), Y = Axis.Linear(0, 0.5, AxisFormat.Percent),
                Traces = [Bars("one", -0.2, Palette.Blue), Bars("two", 0.2, Palette.Orange)] },
        };
        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        Assert.All(json.RootElement.GetProperty("data").EnumerateArray(), t => Assert.Equal("v", t.GetProperty("orientation").GetString()));
        Assert.Equal([-0.2, 0.8], Data(figure, 0, "x"));
        Assert.Equal([0.2, 1.2], Data(figure, 1, "x"));
        Assert.Contains(SvgText.Of(figure.ToSvg()), t => t.Text == "two");
    }

    private static double?[] Data(Figure figure, int trace, string axis)
    {
        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        return [.. json.RootElement.GetProperty("data")[trace].GetProperty(axis).EnumerateArray()
            .Select(v => v.ValueKind == JsonValueKind.Null ? (double?)null : v.GetDouble())];
    }

    private static double[] Sorted(NumberColumn column)
    {
        var values = column.Values.ToArray();
        Array.Sort(values);
        return values;
    }
}
