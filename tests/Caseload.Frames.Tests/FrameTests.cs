namespace Caseload.Frames.Tests;

public sealed class FrameTests
{
    private static readonly Frame Sample = new([
        TextColumn.Of("la", ["b", "a", "b", null, "a"]),
        new NumberColumn("x", [3, 1, double.NaN, 2, 5]),
        new IntegerColumn("n", [1, 2, 3, 4, 5])]);

    [Fact]
    public void Head_and_tail_never_reach_past_the_frame()
    {
        Assert.Equal([1, 2], Sample.Head(2).Integer("n").Values.ToArray());
        Assert.Equal([4, 5], Sample.Tail(2).Integer("n").Values.ToArray());
        Assert.Equal(5, Sample.Head(99).RowCount);
    }

    [Fact]
    public void Ordering_puts_missing_cells_last_either_way()
    {
        Assert.Equal([2, 4, 1, 5, 3], Sample.OrderBy("x").Integer("n").Values.ToArray());
        Assert.Equal([5, 1, 4, 2, 3], Sample.OrderByDescending("x").Integer("n").Values.ToArray());
    }

    [Fact]
    public void Groups_come_in_the_order_of_their_keys_with_the_missing_one_last()
    {
        var counts = Sample.GroupBy("la").Counts();
        var means = Sample.GroupBy("la").Mean("x");

        Assert.Equal(["a", "b", null], Enumerable.Range(0, 3).Select(r => counts.Text("la")[r]));
        Assert.Equal([2, 2, 1], counts.Integer("count").Values.ToArray());
        Assert.Equal([3.0, 3.0, 2.0], means.Number("x").Values.ToArray());
    }

    [Fact]
    public void A_merge_keeps_all_rows_and_leaves_unknown_keys_missing()
    {
        var areas = new Frame([TextColumn.Of("la", ["a"]), new NumberColumn("rate", [550])]);

        var rate = Sample.Merge(areas, "la").Number("rate").Values.ToArray();

        Assert.Equal([double.NaN, 550, double.NaN, double.NaN, 550], rate);
    }

    [Fact]
    public void A_merge_with_a_key_that_occurs_twice_is_refused()
    {
        var areas = new Frame([TextColumn.Of("la", ["a", "a"]), new NumberColumn("rate", [1, 2])]);

        Assert.Equal(ProblemKind.CheckFailed, Assert.Throws<ProblemException>(() => Sample.Merge(areas, "la")).Problem.Kind);
    }

    [Fact]
    public void A_sample_is_the_same_for_the_same_seed()
    {
        Assert.Equal(Sample.Sample(3, 7).Integer("n").Values.ToArray(), Sample.Sample(3, 7).Integer("n").Values.ToArray());
    }

    [Fact]
    public void Description_takes_quantiles_as_R_does_by_default()
    {
        // quantile(c(1, 2, 3, 5)) in R 4.3: 1, 1.75, 2.5, 3.5, 5; sd 1.7078251
        var row = Sample.Description().Filter(r => r == 0);

        Assert.Equal(1.75, row.Number("q25").Values[0]);
        Assert.Equal(2.5, row.Number("median").Values[0]);
        Assert.Equal(3.5, row.Number("q75").Values[0]);
        Assert.Equal(1.7078251, row.Number("sd").Values[0], 1e-7);
        Assert.Equal(1, row.Integer("missing").Values[0]);
    }

    [Fact]
    public void A_column_that_is_not_there_is_told_with_those_that_are()
    {
        var problem = Assert.Throws<ProblemException>(() => Sample["X"]).Problem;

        Assert.Contains("la, x, n", problem.Expected, StringComparison.Ordinal);
        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
    }

    [Fact]
    public void A_table_says_how_many_rows_it_leaves_out_and_escapes_what_it_shows()
    {
        Assert.Contains("... and 3 more of 5 rows", FrameText.Table(Sample, 2), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", FrameText.Html(new Frame([TextColumn.Of("<script>", ["<script>"])]), 5), StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_is_told_the_types_and_how_many_rows_and_columns_there_are()
    {
        var text = FrameText.TypedTable(Sample, 2).Split('\n');
        Assert.Equal(["la", "x", "n"], text[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["text", "number", "integer"], text[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("(5 rows, the first 2 shown)", text[4]);
        var html = FrameText.Html(Sample, 2);
        Assert.Contains("<caption>5 rows, the first 2 shown</caption>", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">la<br><small>text</small></th>", html, StringComparison.Ordinal);
        var wide = new Frame([.. Enumerable.Range(0, 40).Select(i => TextColumn.Of($"c{i}", ["a"]))]);
        Assert.EndsWith("(1 row; 30 of 40 columns shown)\n", FrameText.TypedTable(wide, 2), StringComparison.Ordinal);
        Assert.DoesNotContain("c30", FrameText.Html(wide, 2), StringComparison.Ordinal);
    }
}
