using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Runner;

namespace Caseload.Notebooks.Tests.Runner;

public sealed class NotebookDisplaysTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_display_holds_what_it_showed_last_also_when_a_later_cell_changed_it()
    {
        var cells = Run("var shown = display(\"a\"); display(\"b\"); shown.Update(\"c\");", "shown.Update(\"d\"); display(\"e\");");
        Assert.Equal(["d", "b"], Texts(cells[0]));
        Assert.Equal(["e"], Texts(cells[1]));
    }

    [Fact]
    public void What_is_taken_away_is_not_in_the_copy()
    {
        var cells = Run("display(1); Console.Write(\"x\"); ClearOutput(); display(2);", "display(1); ClearOutput(wait: true);",
            "display(1); ClearOutput(wait: true); display(2);");
        Assert.Equal([["2"], ["1"], ["2"]], cells.Select(Texts));
    }

    [Fact]
    public void Progress_leaves_its_end()
    {
        var cells = Run("IProgress<double> p = display(\"begin\"); for (var i = 0; i <= 1000; i++) p.Report(i / 1000.0);");
        Assert.Equal(["[####################] 100%"], Texts(cells[0]));
    }

    private static string[] Texts(NotebookCell cell) => [.. cell.Outputs.Select(o => ((DisplayOutput)o).Data.Text("text/plain")!)];

    private IReadOnlyList<NotebookCell> Run(params string[] code)
    {
        var path = folder.Write("n.ipynb", Make.Notebook(code));
        var result = Assert.Single(new NotebookRunner().Run([path], new RunSettings(folder.File("out"))));
        Assert.Null(result.Failure);
        return NotebookReader.ReadFile(result.ExecutedCopy!).Cells;
    }
}
