using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Tests.Documents;

public sealed class NotebookPageTests
{
    private static string Render(params NotebookCell[] cells) => NotebookPage.Render(new Notebook(cells), "A <title>", Path.GetTempPath());

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
        var places = new[] { ">Heading</h1>", "<td>1</td>", "a &lt; b", "&lt;out&gt;" }
            .Select(t => page.IndexOf(t, StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void The_page_needs_nothing_from_elsewhere_and_runs_no_script()
    {
        var page = Render(new NotebookCell("m", CellKind.Markdown, "![remote](https://example.org/a.png)"));
        Assert.Contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"", page,
            StringComparison.Ordinal);
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
        Assert.Equal(2, page.Split("<main>").Length);
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
        var page = NotebookPage.Render(new Notebook([prose]), "t", folder.Path);
        Assert.Contains("data:image/png;base64,BBBB", page, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,AQID", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"none.png\">c</a>", page, StringComparison.Ordinal);
    }
}
