using System.Text.RegularExpressions;
using Caseload.Figures;
using Caseload.Frames;
using Caseload.Reports;
using Caseload.Tests.Figures;

namespace Caseload.Tests.Reports;

/// <summary>What a reader, a browser and an attacker find in a page.</summary>
public sealed partial class ReportPageTests
{
    private const string Script = "window.Plotly = { version: \"</SCRIPT><!--\" };\r\n";

    private static readonly string Page = ReportPage.Html(SampleReport.Of(), Script);
    private static readonly string StaticPage = ReportPage.Html(SampleReport.Of());

    [Fact]
    public void There_is_one_first_heading_and_no_level_is_skipped()
    {
        var levels = Heading().Matches(Page).Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
        Assert.Equal(1, levels.Count(l => l == 1));
        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        Assert.Contains("<h3>What this page holds</h3>", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_id_is_unique_and_every_reference_has_its_target()
    {
        var ids = Id().Matches(Page).Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        var wanted = Reference().Matches(Page).SelectMany(m => m.Groups[1].Value.Split(' '))
            .Concat(Fragment().Matches(Page).Select(m => m.Groups[1].Value));
        Assert.All(wanted, id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Two_sections_of_one_title_can_both_be_reached()
    {
        var page = ReportPage.Html(SampleReport.Of() with { Sections = [new("Model", []), new("Model", []), new("<i>", [])] });
        Assert.Contains("id=\"section-model\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"section-model-2\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Landmarks_let_a_reader_skip_and_find_their_way()
    {
        Assert.All(["<html lang=\"en-GB\">", "<main id=\"content\">", "<nav class=\"contents\" aria-labelledby=\"contents\">", "<header ",
            "<footer>", "<a class=\"skip\" href=\"#content\">"],
            part => Assert.Contains(part, Page, StringComparison.Ordinal));
        Assert.DoesNotContain("<th>", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_figure_is_a_picture_with_words_a_caption_and_the_values_behind_it()
    {
        foreach (var page in new[] { Page, StaticPage })
        {
            var figures = Figure().Matches(page).Select(m => m.Value).ToArray();
            Assert.Equal(6, figures.Length);
            Assert.All(figures, figure =>
            {
                Assert.Matches("<svg [^>]*role=\"img\"", figure);
                Assert.Matches("<desc [^>]*>Simulated data: .+</desc>", figure);
                Assert.Matches("<figcaption><span class=\"label\">Figure [1-6]\\.</span> .+</figcaption>", figure);
                Assert.Matches("(?s)<details>.*<table>.*</details>", figure);
            });
        }
    }

    [Fact]
    public void The_chart_script_is_embedded_once_for_all_figures()
    {
        Assert.Equal(1, Page.Split("window.Plotly = {").Length - 1);
        Assert.Equal(2, Regex.Count(Page, "<script>"));
        Assert.Equal(6, Regex.Count(Page, "<script type=\"application/json\">"));
        Assert.DoesNotContain("<script>", StaticPage, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_script_cannot_end_its_element()
    {
        Assert.Contains("version: \"<\\/SCRIPT><\\!--\"", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", Page, StringComparison.Ordinal);
        Assert.Equal(Regex.Count(Page, "<script[ >]"), Regex.Count(Page, "(?i)</script>"));
    }

    [Fact]
    public void Only_the_scripts_of_the_page_may_run_and_nothing_may_be_fetched()
    {
        Assert.Matches(
            "content=\"default-src 'none'; script-src 'sha256-[^']+' 'sha256-[^']+'; style-src 'unsafe-inline'; img-src data: blob:;",
            Page);
        Assert.Contains("script-src 'none'", StaticPage, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<(link|img|iframe|object|base)\\b", Page);
        Assert.DoesNotMatch("(?i)(src|srcset|action)=\"", Page);
        Assert.DoesNotMatch("(?i)@import|url\\(", Page);
    }

    [Fact]
    public void Simulated_data_are_called_simulated_in_the_banner_each_caption_each_chart_and_in_print()
    {
        Assert.Contains("<aside class=\"banner\"", Page, StringComparison.Ordinal);
        Assert.All(Caption().Matches(Page).Select(m => m.Value),
            caption => Assert.Contains("Simulated data</span>", caption, StringComparison.Ordinal));
        Assert.Contains("@top-center { content: \"Simulated data\"", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Simulated data", ReportPage.Html(SampleReport.Of(DataKind.Real), Script), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_published_figures_in_a_simulated_report_is_not_called_simulated()
    {
        var table = new TableBlock(new Frame([TextColumn.Of("a", ["1"])]), "Published") { DataKind = DataKind.Real };
        var page = ReportPage.Html(SampleReport.Of() with { Sections = [new("Published", [table])] });
        Assert.DoesNotContain("Simulated data</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_written_as_their_columns_ask()
    {
        Assert.All(["<td class=\"number\">146,478</td>", "<td class=\"number\">56.9%</td>", "<td class=\"number\">&lt; 0.001</td>",
            "<span class=\"none\">–</span>", "<th scope=\"col\">Primary need</th>",
            "<th scope=\"row\">N1 Abuse or neglect</th>", "<span class=\"status good\">agrees</span>",
            "<span class=\"status bad\">differs</span>"],
            part => Assert.Contains(part, Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Hostile_text_stays_text_wherever_it_comes_from()
    {
        const string evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'";
        var report = new Report
        {
            Title = evil, Subtitle = evil, DataKind = DataKind.Simulated, Provenance = [new(evil, evil)],
            Sections =
            [
                new(evil,
                [
                    new KeyFigures([new(evil, evil, evil)]), new DefinitionList([new(evil, evil)]), new Prose(evil),
                    new Prose(Prose.Literal(evil)),
                    new TableBlock(new Frame([TextColumn.Of(evil, [evil])]), evil) { Notes = [evil] },
                    new FigureBlock(SampleFigures.Caterpillar(30, name: evil)),
                ]),
            ],
        };
        var page = ReportPage.Html(report);
        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, Regex.Count(page, "(?i)</script>"));
        Assert.DoesNotMatch("<[a-z][^>]*onerror=alert\\(1\\)[^>]*>", Regex.Replace(page, "\"[^\"]*\"", ""));
    }

    [Fact]
    public void Prose_links_lead_only_where_a_reader_may_go_and_pictures_load_nothing()
    {
        const string markdown = """
            [a](javascript:alert(1)) [b](data:text/html,x) [c](https://example.org) [d](#content)
            ![map](https://example.org/x.png) <https://example.org/y> <javascript:alert(1)>

            | x | y |
            |---|--:|
            | 1 | 2 |
            """;
        var page = ReportPage.Html(SampleReport.Of() with { Sections = [new("Prose", [new Prose(markdown)])] });
        Assert.DoesNotContain("href=\"javascript:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"data:", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.org\">c</a>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#content\">d</a>", page, StringComparison.Ordinal);
        Assert.Contains("<em>map</em>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("x.png", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">x</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_from_data_can_stand_in_prose_as_it_is()
    {
        var prose = new Prose("Authority " + Prose.Literal("*A* [b](c) | `d` & <e>") + ".");
        var page = ReportPage.Html(SampleReport.Of() with { Sections = [new("Prose", [prose])] });
        Assert.Contains("<p>Authority *A* [b](c) | `d` &amp; &lt;e&gt;.</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes() => Assert.Equal(Page, ReportPage.Html(SampleReport.Of(), Script));

    [Fact]
    public void A_page_is_written_whole_and_a_script_that_cannot_be_read_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("caseload-report-").FullName;
        try
        {
            var path = Path.Combine(folder, "deep", "report.html");
            ReportPage.Write(SampleReport.Of(), path);
            Assert.Equal(StaticPage, File.ReadAllText(path));
            var problem = Assert.Throws<ProblemException>(() =>
                ReportPage.Write(SampleReport.Of(), path, Path.Combine(folder, "none.js"))).Problem;
            Assert.Equal(ProblemKind.Unreadable, problem.Kind);
            Assert.Equal(StaticPage, File.ReadAllText(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("<h([1-6])[ >]")]
    private static partial Regex Heading();

    [GeneratedRegex("<[a-z][^>]*? id=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("aria-labelledby=\"([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex Fragment();

    [GeneratedRegex("<figure .*?</figure>", RegexOptions.Singleline)]
    private static partial Regex Figure();

    [GeneratedRegex("<(caption|figcaption)>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Caption();
}
