using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Documents.Pages;

namespace Caseload.Notebooks.Tests.Documents.Pages;

public sealed class NotebookPageTests
{
    private static readonly PageSettings Plain = new("A <title>", Path.GetTempPath());
    private static readonly PageSettings Interactive =
        Plain with { Charts = ChartScript.Of("window.Plotly = { version: \"</SCRIPT><!--\" };\r\n") };

    private static string Render(params NotebookCell[] cells) => NotebookPage.Render(new Notebook(cells), Plain);

    private static NotebookCell Showing(params (string Mime, string Text)[] data) => new("c", CellKind.Code, "x")
    {
        ExecutionCount = 1,
        Outputs = [new DisplayOutput(MimeBundle.FromTexts(data.Select(d => KeyValuePair.Create(d.Mime, d.Text))), [])],
    };

    [Fact]
    public void Prose_code_and_outputs_stand_in_order_and_code_is_escaped()
    {
        var page = Render(
            new("m", CellKind.Markdown, "# Heading\n\n| a |\n|---|\n| 1 |"),
            new("c", CellKind.Code, "a < b") { ExecutionCount = 1, Outputs = [new StreamOutput(StreamName.Stdout, "<out>\n")] });
        var places = new[] { ">Heading</h1>", "<td>1</td>", "<code>a &lt; b</code>", "&lt;out&gt;" }
            .Select(t => page.IndexOf(t, StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void The_page_needs_nothing_from_elsewhere_and_runs_no_script()
    {
        var page = Render(new NotebookCell("m", CellKind.Markdown, "![remote](https://example.org/a.png)"));
        Assert.Contains("Content-Security-Policy\" content=\"default-src 'none'; script-src 'none'; ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=\"http", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.org/a.png\">remote</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_has_a_language_a_title_one_main_part_and_a_heading()
    {
        var page = Render(new NotebookCell("c", CellKind.Code, "1"));
        Assert.Contains("<html lang=\"en-GB\">", page, StringComparison.Ordinal);
        Assert.Contains("<title>A &lt;title&gt;</title>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>A &lt;title&gt;</h1>", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<main ").Length);
        Assert.Contains("<a class=\"skip\" href=\"#content\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", page, StringComparison.Ordinal);
    }

    [Fact]
    public void HTML_is_taken_before_pictures_and_pictures_before_text()
    {
        Assert.Contains("<b>rich</b>", Render(Showing(("text/html", "<b>rich</b>"), ("text/plain", "poor"))), StringComparison.Ordinal);
        var figure = Render(Showing(("application/vnd.plotly.v1+json", "{}"), ("image/svg+xml", "<svg/>"),
            ("image/png", "AAAA"), ("text/plain", "A \"line\"")));
        Assert.Contains("<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"A &quot;line&quot;\">", figure, StringComparison.Ordinal);
        Assert.Contains(">only text</pre>",
            Render(Showing(("application/vnd.plotly.v1+json", "{}"), ("text/plain", "only text"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Attached_pictures_and_those_beside_the_notebook_stand_in_the_page()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("map one.png"), [1, 2, 3]);
        var prose = new NotebookCell("m", CellKind.Markdown, "![a](attachment:a.png) ![b](map%20one.png) ![c](none.png)")
        {
            OtherMembers = new() { ["attachments"] = new JsonObject { ["a.png"] = new JsonObject { ["image/png"] = "BBBB" } } },
        };
        var page = NotebookPage.Render(new Notebook([prose]), new PageSettings("t", folder.Path));
        Assert.Contains("data:image/png;base64,BBBB", page, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,AQID", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"none.png\">c</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_of_all_prose_stand_in_a_table_of_contents_and_have_ids_of_their_own()
    {
        var page = Render(
            new("a", CellKind.Markdown, "# The *title*\n\n## Data & `code`\n\n### Deep\n\n### Deep"),
            new("b", CellKind.Markdown, "## Data & code\n\n#### Too deep\n\n## 3. <i>Third</i>\n\n## Content"));
        Assert.Contains("<title>The title</title>", page, StringComparison.Ordinal);
        Assert.Contains("""
            <ol>
            <li><a href="#data-code">Data &amp; code</a><ol>
            <li><a href="#deep">Deep</a></li>
            <li><a href="#deep-2">Deep</a></li>
            </ol></li>
            <li><a href="#data-code-2">Data &amp; code</a></li>
            <li><a href="#section-3-third">3. Third</a></li>
            <li><a href="#content-2">Content</a></li>
            </ol>
            """, page, StringComparison.Ordinal);
        AssertEveryReferenceHasItsTarget(page);
    }

    [Fact]
    public void Footnotes_of_two_cells_do_not_share_an_id()
    {
        var page = Render(new("a", CellKind.Markdown, "One[^1]\n\n[^1]: first"), new("b", CellKind.Markdown, "Two[^1]\n\n[^1]: second"));
        AssertEveryReferenceHasItsTarget(page);
    }

    [Fact]
    public void A_chart_is_interactive_where_the_script_is_given_and_its_picture_stays_beside_it()
    {
        var cell = Showing(("application/vnd.plotly.v1+json", """{"data": [], "layout": {"title": {"text": "</script><b>"}}}"""),
            ("image/svg+xml", "<svg/>"), ("text/plain", "A \"line\""));
        var page = NotebookPage.Render(new Notebook([cell, cell with { Id = "d" }]), Interactive);
        Assert.Equal(2, Regex.Count(page, "<div class=\"chart\" data-description=\"A &quot;line&quot;\">"));
        Assert.Equal(2, Regex.Count(page, "<img src=\"data:image/svg[^>]* alt=\"A &quot;line&quot;\">"));
        Assert.Equal(2, Regex.Count(page, "<script type=\"application/json\">"));
        Assert.Equal(2, Regex.Count(page, "<script>"));
        Assert.Equal(1, Regex.Count(page, "window\\.Plotly = {"));
        Assert.Equal(Regex.Count(page, "<script[ >]"), Regex.Count(page, "(?i)</script>"));
        Assert.DoesNotContain("<!--", page, StringComparison.Ordinal);
        Assert.Matches("script-src 'sha256-[^']+' 'sha256-[^']+'; ", page);
    }

    [Fact]
    public void A_page_without_a_chart_holds_no_script_though_it_is_given()
    {
        var page = NotebookPage.Render(new Notebook([Showing(("text/html", "<b>rich</b>"), ("text/plain", "poor"))]), Interactive);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("script-src 'none'", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("// first\n#r \"a.dll\"\nvar x = $\"{1 + 2} <b>\" + 'c' + @\"v\"; /* two */\n")]
    [InlineData("let x = 1 in \"unended")]
    [InlineData("#!time\n#if X\nhidden & gone\n#endif\n\"\"\"raw \"text\" \"\"\".Length")]
    public void Code_is_coloured_and_no_sign_of_it_is_lost(string code)
    {
        var page = Render(new NotebookCell("c", CellKind.Code, code));
        var shown = Regex.Match(page, "<code>(.*)</code></pre>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Contains("<span class=\"", shown, StringComparison.Ordinal);
        Assert.Equal(code, System.Net.WebUtility.HtmlDecode(Regex.Replace(shown, "</?span[^>]*>", "")));
    }

    [Fact]
    public void What_a_run_was_given_stands_at_the_foot()
    {
        var notebook = Make.Notebook("var seed = 2;") with
        {
            Metadata = new() { ["caseload"] = new JsonObject { ["parameters"] = new JsonObject { ["seed"] = "2", ["path"] = "<a>" } } },
        };
        Assert.Contains("Run with the parameters seed = 2; path = &lt;a&gt;</p>", NotebookPage.Render(notebook, Plain), StringComparison.Ordinal);
    }

    private static void AssertEveryReferenceHasItsTarget(string page)
    {
        var ids = Regex.Matches(page, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(Regex.Matches(page, "(?:href=\"#|aria-labelledby=\")([^\"]+)\"").Select(m => m.Groups[1].Value), id => Assert.Contains(id, ids));
    }
}
