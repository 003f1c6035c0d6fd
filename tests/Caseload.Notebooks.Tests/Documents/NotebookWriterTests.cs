using System.Diagnostics;
using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Notebooks.Tests.Documents;

public sealed class NotebookWriterTests
{
    private static readonly Notebook Sample = new(
    [
        new("intro", CellKind.Markdown, "# Café £ 🙂\n\tTab \"quoted\" \\ <b>&"),
        new("empty", CellKind.Code, ""),
        new("code", CellKind.Code, "1 + 1\n")
        {
            ExecutionCount = 2,
            Metadata = new()
            {
                ["tags"] = new JsonArray("b", "a"), ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" },
            },
            Outputs =
            [
                new StreamOutput(StreamName.Stdout, "a\r\nb\n\u0001"),
                new DisplayOutput(MimeBundle.FromTexts(
                    [new("image/svg+xml", "<svg>\n</svg>"), new("image/png", "AA\nAA"), new("text/plain", "")]), []),
                new ResultOutput(MimeBundle.FromTexts(
                    [new("text/plain", "2"), new("application/vnd.plotly.v1+json", """{"b": [], "a": {"z": 1.5}}""")]), [], 2),
                new ErrorOutput("CS0103", "no name", ["line 1"]),
            ],
        },
    ]);

    /// <summary>The text is what nbformat 5.5.0 (Debian's python3-nbformat) writes for the same notebook.</summary>
    [Fact]
    public void Writes_as_Jupyter_writes()
    {
        var text = NotebookWriter.ToText(
            new Notebook([new("a", CellKind.Code, "x\ny é") { Outputs = [new StreamOutput(StreamName.Stdout, "1\n2")] }]));
        Assert.Equal("""
            {
             "cells": [
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "a",
               "metadata": {},
               "outputs": [
                {
                 "name": "stdout",
                 "output_type": "stream",
                 "text": [
                  "1\n",
                  "2"
                 ]
                }
               ],
               "source": [
                "x\n",
                "y é"
               ]
              }
             ],
             "metadata": {},
             "nbformat": 4,
             "nbformat_minor": 5
            }

            """, text);
    }

    [Fact]
    public void Jupyter_reads_it_validates_it_and_writes_it_back_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("sample.ipynb", Sample);
        const string Script =
            "import sys, nbformat; nb = nbformat.read(sys.argv[1], 4); nbformat.validate(nb); nbformat.write(nb, sys.argv[2])";
        SkipUnlessJupyterIsThere();
        var (code, error) = Python("-c", Script, path, folder.File("again.ipynb"));
        Assert.True(code == 0, error);
        Assert.Equal(File.ReadAllText(path), File.ReadAllText(folder.File("again.ipynb")));
    }

    [Fact]
    public void What_is_written_reads_back_and_is_written_the_same()
    {
        var text = NotebookWriter.ToText(Sample);
        var read = Make.Read(text);
        Assert.Equal(text, NotebookWriter.ToText(read));
        Assert.Equal(Sample.Cells.Select(c => c.Source), read.Cells.Select(c => c.Source));
    }

    [Fact]
    public void Any_source_text_survives()
    {
        Prop.ForAll<NonNull<string>>(source =>
        {
            var whole = string.Concat(source.Get.Where(c => !char.IsSurrogate(c)));
            var read = Make.Read(NotebookWriter.ToText(Make.Notebook(whole)));
            return read.Cells[0].Source == whole;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Lines_end_where_Python_ends_them()
    {
        // str.splitlines(True) of Python 3.11 on the same text.
        const string Text = "a\r\nb\rc\n\nd\u2028e\u0085f\u001cg\vh\f";
        var read = NotebookWriter.ToText(Make.Notebook(Text));
        var lines = JsonNode.Parse(read)!["cells"]![0]!["source"]!.AsArray().Select(l => (string)l!);
        Assert.Equal(["a\r\n", "b\r", "c\n", "\n", "d\u2028", "e\u0085", "f\u001c", "g\v", "h\f"], lines);
    }

    private static void SkipUnlessJupyterIsThere()
    {
        if (Python("-c", "import nbformat").Code == 0) return;
        const string Reason = "python3 with nbformat is not installed";
        Assert.False(Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1", Reason);
        Assert.Skip(Reason);
    }

    // The system's own Python is asked first: a packaged nbformat belongs to it, whatever else is on the path.
    private static (int Code, string Error) Python(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", arguments) { RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
