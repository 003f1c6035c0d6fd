using System.Text;
using Caseload.Frames;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Tests.Documents;

public sealed class NotebookReaderTests
{
    [Fact]
    public void Reads_cells_with_what_hosts_keep_with_them()
    {
        var notebook = Make.Read("""
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {"polyglot_notebook": {"kernelInfo": 1}}, "cells": [
              {"cell_type": "markdown", "id": "m", "metadata": {}, "source": ["# A\n", "text"],
                  "attachments": {"a.png": {"image/png": "AA=="}}},
              {"cell_type": "code", "id": "c", "metadata": {"mine": true}, "execution_count": 3, "source": "1 + 1", "outputs": [
                {"output_type": "stream", "name": "stderr", "text": "warn\n"},
                {"output_type": "execute_result", "execution_count": 3, "metadata": {},
                    "data": {"text/plain": ["2"], "application/json": {"a": [1]}}},
                {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]}]}]}
            """);

        Assert.Equal(1, (int)notebook.Metadata["polyglot_notebook"]!["kernelInfo"]!);
        Assert.Equal(["m", "c"], notebook.Cells.Select(c => c.Id));
        Assert.Equal("# A\ntext", notebook.Cells[0].Source);
        Assert.NotNull(notebook.Cells[0].OtherMembers["attachments"]);
        Assert.True((bool)notebook.Cells[1].Metadata["mine"]!);
        Assert.Equal(3, notebook.Cells[1].ExecutionCount);
        Assert.Equal(new StreamOutput(StreamName.Stderr, "warn\n"), notebook.Cells[1].Outputs[0]);
        var result = Assert.IsType<ResultOutput>(notebook.Cells[1].Outputs[1]);
        Assert.Equal("2", result.Data.Text("text/plain"));
        Assert.Equal("""{"a":[1]}""", result.Data.Text("application/json"));
        Assert.Equal(["t"], Assert.IsType<ErrorOutput>(notebook.Cells[1].Outputs[2]).Traceback);
    }

    [Fact]
    public void Names_cells_that_have_no_name_or_one_that_is_taken_the_same_at_every_reading()
    {
        const string Json = """
            {"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [
              {"cell_type": "raw", "metadata": {}, "source": ""}, {"cell_type": "raw", "id": "a", "metadata": {}, "source": ""},
              {"cell_type": "raw", "id": "a", "metadata": {}, "source": ""},
                  {"cell_type": "raw", "id": "not allowed", "metadata": {}, "source": ""},
              {"cell_type": "raw", "id": "cell-1", "metadata": {}, "source": ""}]}
            """;
        Assert.Equal(["cell-1-a", "a", "cell-3", "cell-4", "cell-1"], Make.Read(Json).Cells.Select(c => c.Id));
        Assert.Equal(5, Make.Read(Json).MinorVersion);
    }

    [Fact]
    public void Reads_a_file_with_a_byte_order_mark() =>
        Assert.Empty(NotebookReader.Read(Encoding.UTF8.GetBytes("\uFEFF{\"nbformat\": 4, \"cells\": []}"), "x").Cells);

    [Theory]
    [InlineData("", "an empty file", "x.ipynb")]
    [InlineData("{\n  \"nbformat\": 4,,\n}", "text that is no JSON", "x.ipynb, line 2")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"cells\": []}", "an object with two members of the same name", "x.ipynb")]
    [InlineData("[]", "JSON that is no object", "x.ipynb")]
    [InlineData("{}", "JSON without a whole number nbformat", "x.ipynb")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "a notebook of format 3", "x.ipynb")]
    [InlineData("{\"nbformat\": 4}", "a notebook without a list of cells", "x.ipynb")]
    [InlineData("{\"nbformat\": 4, \"cells\": [1]}", "a cell that is no object", "x.ipynb, cells[0]")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"heading\", \"source\": \"\"}]}",
        "cell_type 'heading'", "x.ipynb, cells[0]")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": 1}]}",
        "a cell without text in source", "x.ipynb, cells[0].source")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": [{\"output_type\": \"x\"}]}]}",
        "an output of no known type", "x.ipynb, cells[0].outputs[0]")]
    [InlineData("{\"nbformat\": 4, \"metadata\": [], \"cells\": []}", "metadata that is no object", "x.ipynb.metadata")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"metadata\": {\"a\": \"\\ud800\"}}", "half a surrogate pair in a string", "x.ipynb")]
    public void Tells_what_is_wrong_and_where(string json, string found, string where)
    {
        var problem = Make.ProblemOf(() => NotebookReader.Read(Encoding.UTF8.GetBytes(json), "x.ipynb"));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Equal(found, problem.Found);
        Assert.StartsWith(where, problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_bytes_that_are_no_UTF_8()
    {
        var problem = Make.ProblemOf(() => NotebookReader.Read(new byte[] { (byte)'{', (byte)'"', 0xE9, (byte)'"' }, "x.ipynb"));
        Assert.Equal((ProblemKind.Unreadable, "x.ipynb, byte 3"), (problem.Kind, problem.Where));
    }

    [Fact]
    public void Tells_a_missing_file_and_a_folder()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("no such file", Make.ProblemOf(() => NotebookReader.ReadFile(folder.File("none.ipynb"))).Found);
        Assert.Equal("a folder", Make.ProblemOf(() => NotebookReader.ReadFile(folder.Path)).Found);
    }
}
