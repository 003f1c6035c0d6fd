using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Tests.Designs;

public sealed class CellTableTests
{
    [Fact]
    public void Puts_equal_rows_of_a_group_together()
    {
        var data = Simulated.Frame([0, 1, 1, 1, 0], [5, 5, 5, 7, 5], ["a", "a", "a", "a", "a"], ["H", "G", "G", "G", "H"]);
        var cells = Collapse(data, "y ~ x + (1 | g)");
        Assert.Equal([2, 1, 2], cells.Trials);
        Assert.Equal([2, 1, 0], cells.Successes);
        Assert.Equal([0, 2, 3], cells.GroupStarts);
    }

    [Fact]
    public void Is_the_same_whatever_the_order_of_rows()
    {
        var data = Simulated.TwoLevel(seed: 1);
        int[] rows = [.. Enumerable.Range(0, data.RowCount)];
        new Random(2).Shuffle(rows);
        var (straight, shuffled) = (Collapse(data, "y ~ x + f + (1 | g)"), Collapse(data.Take(rows), "y ~ x + f + (1 | g)"));
        Assert.True(straight.Count < data.RowCount);
        Assert.Equal(straight.Successes, shuffled.Successes);
        Assert.Equal(straight.Trials, shuffled.Trials);
        Assert.Equal(straight.GroupStarts, shuffled.GroupStarts);
    }

    [Fact]
    public void Tells_patterns_apart_whose_key_does_not_fit_into_64_bits()
    {
        // 13 variables of 40 values each: 69 bits.
        var random = new Random(3);
        double[] Values() => [.. Enumerable.Range(0, 40), .. Enumerable.Range(0, 160).Select(_ => random.Next(40))];
        var columns = Enumerable.Range(0, 13).Select(k => new NumberColumn($"v{k}", Values())).ToArray();
        var y = new IntegerColumn("y", new int[200]);
        var data = new Frame([y, .. columns]);
        var twice = data.Take([.. Enumerable.Range(0, 200), .. Enumerable.Range(0, 200)]);
        var cells = Collapse(twice, "y ~ " + string.Join("+", columns.Select(c => c.Name)));
        Assert.Equal(200, cells.Count);
        Assert.All(cells.Trials, trials => Assert.Equal(2, trials));
    }

    [Fact]
    public void Keeps_empty_groups_where_cells_are_taken_away()
    {
        var cells = Collapse(Simulated.Frame([0, 1, 1], [5, 6, 7], ["a", "a", "a"], ["G", "H", "H"]), "y ~ x + (1 | g)");
        var rest = cells.Where([false, true, false]);
        Assert.Equal([0, 0, 1], rest.GroupStarts);
        Assert.Equal([1], rest.Successes);
    }

    private static CellTable Collapse(Frame data, string formula) =>
        CellTable.Collapse(ModelFrame.Build(data, ModelFormula.Parse(formula), new FitSettings()));
}
