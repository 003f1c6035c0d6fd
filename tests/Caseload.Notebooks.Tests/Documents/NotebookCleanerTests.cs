using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Tests.Documents;

public sealed class NotebookCleanerTests
{
    private static readonly Notebook Used = new(
    [
        new("a", CellKind.Code, "1")
        {
            ExecutionCount = 4,
            Outputs = [new StreamOutput(StreamName.Stdout, "x")],
            Metadata = new()
            {
                ["tags"] = new JsonArray("slow"), ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" },
                ["execution"] = new JsonObject(), ["collapsed"] = true,
            },
        },
        new("b", CellKind.Markdown, "text") { OtherMembers = new() { ["attachments"] = new JsonObject() } },
    ])
    {
        Metadata = new()
        {
            ["kernelspec"] = new JsonObject(), ["language_info"] = new JsonObject(),
            ["vscode"] = new JsonObject(), ["widgets"] = new JsonObject(),
        },
    };

    [Fact]
    public void Leaves_the_source_the_language_and_the_tags()
    {
        var clean = NotebookCleaner.Clean(Used);
        Assert.Equal(["kernelspec", "language_info"], clean.Metadata.Select(m => m.Key));
        Assert.Equal(["tags", "polyglot_notebook"], clean.Cells[0].Metadata.Select(m => m.Key));
        Assert.Empty(clean.Cells[0].Outputs);
        Assert.Null(clean.Cells[0].ExecutionCount);
        Assert.Equal(("1", "text"), (clean.Cells[0].Source, clean.Cells[1].Source));
        Assert.True(clean.Cells[1].OtherMembers.ContainsKey("attachments"));
    }

    [Fact]
    public void A_clean_notebook_stays_as_it_is()
    {
        var once = NotebookWriter.ToText(NotebookCleaner.Clean(Used));
        Assert.Equal(once, NotebookWriter.ToText(NotebookCleaner.Clean(Make.Read(once))));
    }
}
