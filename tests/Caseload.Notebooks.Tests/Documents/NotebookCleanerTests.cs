using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;
using FsCheck;
using FsCheck.Fluent;

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

    [Theory]
    [InlineData("""{"name": ".net-csharp", "display_name": ".NET (C#)", "language": "C#"}""")]
    [InlineData("""{"name": "csharp", "display_name": "C#", "language": "csharp"}""")]
    [InlineData("""{"name": "caseload-csharp", "display_name": "C# (caseload)", "language": "C#", "env": {}}""")]
    public void A_notebook_that_another_host_saved_names_its_kernel_as_before(string saved)
    {
        var notebook = Used with
        {
            Metadata = new()
            {
                ["kernelspec"] = JsonNode.Parse(saved), ["language_info"] = new JsonObject { ["name"] = "csharp", ["version"] = "13.0" },
            },
        };
        Assert.Equal(Dialect.Describe(new Notebook([])).Metadata.ToJsonString(), NotebookCleaner.Clean(notebook).Metadata.ToJsonString());
    }

    [Fact]
    public void A_notebook_in_another_language_keeps_its_kernel_and_loses_the_version()
    {
        var notebook = Used with
        {
            Metadata = new()
            {
                ["kernelspec"] = new JsonObject { ["name"] = "python3", ["display_name"] = "Python 3", ["language"] = "python" },
                ["language_info"] = new JsonObject { ["name"] = "python", ["version"] = "3.11.2", ["nbconvert_exporter"] = "python" },
            },
        };
        Assert.Equal("""
            {"kernelspec":{"display_name":"Python 3","language":"python","name":"python3"},"language_info":{"name":"python"}}
            """, NotebookCleaner.Clean(notebook).Metadata.ToJsonString());
    }

    [Fact]
    public void What_a_person_gives_a_cell_stays()
    {
        string[] keys = ["tags", "polyglot_notebook", "dotnet_interactive", "dotnet_repl_cellTags", "verso_type", "format", "slideshow"];
        var metadata = new JsonObject(keys.Append("scrolled").Append("papermill").Select(k => KeyValuePair.Create(k, (JsonNode?)new JsonArray())));
        var clean = NotebookCleaner.Clean(new Notebook([Used.Cells[0] with { Metadata = metadata }]));
        Assert.Equal(keys, clean.Cells[0].Metadata.Select(m => m.Key));
    }

    [Fact]
    public void Any_notebook_is_clean_after_one_cleaning_and_keeps_its_source()
    {
        string[] keys = ["tags", "kernelspec", "language_info", "polyglot_notebook", "papermill", "execution", "vscode", "name", "version", ""];
        var text = ArbMap.Default.GeneratorFor<string>().Select(t => string.Concat((t ?? "").Where(c => !char.IsSurrogate(c))));
        var value = Gen.OneOf(
            text.Select(t => (JsonNode?)JsonValue.Create(t)),
            Gen.Constant<JsonNode?>(null),
            from key in Gen.Elements("name", "language", "display_name", "version", "x")
            from name in Gen.Elements("C#", "csharp", "python", "")
            select (JsonNode?)new JsonObject { [key] = name });
        var metadata = Gen.ListOf(from key in Gen.Elements(keys) from v in value select (key, v)).Select(pairs =>
            new JsonObject(pairs.DistinctBy(p => p.key).Select(p => KeyValuePair.Create(p.key, p.v?.DeepClone()))));
        var cell = from source in text
                   from kind in Gen.Elements(CellKind.Code, CellKind.Markdown, CellKind.Raw)
                   from m in metadata
                   from count in Gen.Choose(1, 9)
                   from output in text
                   select new NotebookCell("x", kind, source)
                   {
                       Metadata = m,
                       ExecutionCount = kind == CellKind.Code ? count : null,
                       Outputs = kind == CellKind.Code ? [new StreamOutput(StreamName.Stdout, output)] : [],
                   };
        var notebook = from cells in Gen.ListOf(cell)
                       from m in metadata
                       select new Notebook([.. cells.Select((c, i) => c with { Id = $"c{i}" })]) { Metadata = m };
        Prop.ForAll(notebook.ToArbitrary(), before =>
        {
            var once = NotebookCleaner.Clean(before);
            var written = NotebookWriter.ToText(once);
            return once.Cells.Select(c => (c.Id, c.Kind, c.Source)).SequenceEqual(before.Cells.Select(c => (c.Id, c.Kind, c.Source)))
                && NotebookWriter.ToText(NotebookCleaner.Clean(once)) == written
                && NotebookWriter.ToText(NotebookCleaner.Clean(Make.Read(written))) == written
                && once.Cells.All(c => c.Outputs.Count == 0 && c.ExecutionCount is null);
        }).QuickCheckThrowOnFailure();
    }
}
