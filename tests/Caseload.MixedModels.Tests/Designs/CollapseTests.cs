using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Designs;

/// <summary>Rows are put together by addresses or by sorting; a dictionary of rows is the readable twin of both.</summary>
public sealed class CollapseTests
{
    [Fact]
    public void By_addresses_and_by_sorting_has_the_cells_that_a_dictionary_has() => Properties.HoldOnData(data =>
    {
        var frame = ModelFrame.Build(data, ModelFormula.Parse("y ~ x + f + (1 | g)"), new FitSettings());
        var keys = RowKeys.Of(frame);
        Assert.True(DirectCollapse.Pays(keys));
        foreach (var cells in new[] { DirectCollapse.Collapse(keys, frame.Response), SortedCollapse.Collapse(keys, frame.Response) })
        {
            var expected = Cells(frame).ToDictionary(c => c.Key, c => (c.Sum(row => frame.Response.Successes[row]), (double)c.Count()));
            Assert.Equal(expected.Count, cells.Count);
            for (var group = 0; group < cells.GroupCount; group++)
            {
                for (var cell = cells.GroupStarts[group]; cell < cells.GroupStarts[group + 1]; cell++)
                {
                    Assert.Equal(group, frame.LargestGrouping!.Groups.Codes[cells.Rows[cell]]);
                    Assert.Equal(expected[Key(frame, cells.Rows[cell])], (cells.Successes[cell], cells.Trials[cell]));
                }
            }
        }
    });

    [Fact]
    public void Numbers_a_pattern_alike_in_every_group() => Properties.HoldOnData(data =>
    {
        var frame = ModelFrame.Build(data, ModelFormula.Parse("y ~ x + f + (1 | g)"), new FitSettings());
        var keys = RowKeys.Of(frame);
        foreach (var cells in new[] { DirectCollapse.Collapse(keys, frame.Response), SortedCollapse.Collapse(keys, frame.Response) })
        {
            (int, int) Pattern(int row) => (frame.Variables[0].Codes[row], frame.Variables[1].Codes[row]);
            Assert.Equal(Enumerable.Range(0, frame.Rows).Select(Pattern).Distinct().Count(), cells.Patterns!.Count);
            for (var cell = 0; cell < cells.Count; cell++)
                Assert.Equal(Pattern(cells.Rows[cell]), Pattern(cells.Patterns.Rows[cells.Patterns.Of[cell]]));
        }
    });

    [Fact]
    public void Keeps_cells_of_the_same_groups_together_and_patterns_free_of_other_groupings() => Properties.Hold(Gen.Choose(1, 1000), seed =>
    {
        var frame = ModelFrame.Build(Simulated.Crossed(seed), ModelFormula.Parse("y ~ x + f + (1 | h) + (1 | g)"), new FitSettings());
        var keys = RowKeys.Of(frame);
        foreach (var cells in new[] { DirectCollapse.Collapse(keys, frame.Response), SortedCollapse.Collapse(keys, frame.Response) })
        {
            (int, int) Groups(int cell) => (frame.Groupings[1].Groups.Codes[cells.Rows[cell]], frame.Groupings[0].Groups.Codes[cells.Rows[cell]]);
            (int, int) Pattern(int row) => (frame.Variables[0].Codes[row], frame.Variables[1].Codes[row]);
            var groups = Enumerable.Range(0, cells.Count).Select(Groups).ToArray();
            Assert.Equal(groups.Order(), groups);
            Assert.Equal(Enumerable.Range(0, frame.Rows).Select(Pattern).Distinct().Count(), cells.Patterns!.Count);
            for (var cell = 0; cell < cells.Count; cell++)
                Assert.Equal(Pattern(cells.Rows[cell]), Pattern(cells.Patterns.Rows[cells.Patterns.Of[cell]]));
        }
    });

    [Fact]
    public void Of_many_rows_shared_among_processors_has_the_cells_that_sorting_has()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, RowKeys.RowsForMany + 1000).Select(_ => (Y: random.Next(2), X: random.Next(40), G: random.Next(30)))
            .ToArray();
        var data = Simulated.Frame(rows.Select(r => r.Y), rows.Select(r => (double)r.X), rows.Select(r => "abc"[r.X % 3].ToString()),
            rows.Select(r => $"G{r.G:00}"));
        var frame = ModelFrame.Build(data, ModelFormula.Parse("y ~ x + (1 | g)"), new FitSettings());
        var keys = RowKeys.Of(frame);
        var (direct, sorted) = (DirectCollapse.Collapse(keys, frame.Response), SortedCollapse.Collapse(keys, frame.Response));
        Assert.Equal(sorted.Rows, direct.Rows);
        Assert.Equal(sorted.Successes, direct.Successes);
        Assert.Equal(sorted.Trials, direct.Trials);
        Assert.Equal(sorted.GroupStarts, direct.GroupStarts);
        Assert.Equal(sorted.Patterns!.Of, direct.Patterns!.Of);
    }

    [Fact]
    public void Leaves_variables_that_the_group_tells_out_of_the_keys()
    {
        var data = Simulated.Frame([0, 1, 1, 0], [5, 5, 6, 6], ["a", "b", "a", "b"], ["G", "G", "H", "H"]);
        var keys = RowKeys.Of(ModelFrame.Build(data, ModelFormula.Parse("y ~ x + f + (1 | g)"), new FitSettings()));
        Assert.Equal("f", Assert.Single(keys.Within).Name);
    }

    private static IEnumerable<IGrouping<(int, int, int), int>> Cells(ModelFrame frame) =>
        Enumerable.Range(0, frame.Rows).GroupBy(row => Key(frame, row));

    private static (int, int, int) Key(ModelFrame frame, int row) =>
        (frame.LargestGrouping!.Groups.Codes[row], frame.Variables[0].Codes[row], frame.Variables[1].Codes[row]);
}
