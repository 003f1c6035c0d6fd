using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Designs;

/// <summary>The tables of patterns and groups against columns written out, which are their slow and readable twin.</summary>
public sealed class PatternOperatorTests
{
    private static readonly Gen<(int Seed, string Fixed)> Designs =
        from seed in Gen.Choose(1, 100_000)
        from terms in Gen.Elements("x", "f", "h", "x:f", "f:h", "x:f:h", "f*h", "a", "b", "a:b", "a*b", "I(x^2)", "exp(a)", "x*f*h")
            .NonEmptyListOf()
        from intercept in Gen.Elements("", "0 + ")
        select (seed, intercept + string.Join(" + ", terms.Append("h").Distinct()));

    [Fact]
    public void Predicts_what_columns_written_out_predict() => Hold((tables, dense, random) =>
    {
        var beta = Numbers(random, dense.Width);
        var (fast, slow) = (new double[dense.Cells.Count], new double[dense.Cells.Count]);
        tables.Predict(beta, fast);
        dense.Predict(beta, slow);
        Near(slow, fast);
    });

    [Fact]
    public void Sums_over_cells_what_columns_written_out_sum() => Hold((tables, dense, random) =>
    {
        var weights = Numbers(random, dense.Cells.Count);
        var (fast, slow) = (new double[dense.Width], new double[dense.Width]);
        tables.AddTranspose(weights, fast);
        dense.AddTranspose(weights, slow);
        Near(slow, fast);
        var group = random.Next(dense.Cells.GroupCount);
        var count = dense.Cells.GroupStarts[group + 1] - dense.Cells.GroupStarts[group];
        double[] Weights() => Numbers(random, count);
        var (a, b, c, d) = (Weights(), Weights(), Weights(), Weights());
        Near(Four(dense, group, [a, b, c, d]), Four(tables, group, [a, b, c, d]));
    });

    [Fact]
    public void Has_the_cross_products_of_columns_written_out() => Hold((tables, dense, random) =>
    {
        var weights = Numbers(random, dense.Cells.Count);
        var (fast, slow) = (new double[dense.Width, dense.Width], new double[dense.Width, dense.Width]);
        tables.AddGram(weights, fast);
        dense.AddGram(weights, slow);
        Near([.. slow.Cast<double>()], [.. fast.Cast<double>()]);
    });

    [Fact]
    public void Writes_its_columns_out_and_takes_some_of_them() => Hold((tables, dense, random) =>
    {
        for (var k = 0; k < dense.Width; k++) Near(dense.Columns()[k], tables.Columns()[k]);
        int[] kept = [.. Enumerable.Range(0, dense.Width).Where(_ => random.Next(2) == 0)];
        var (fast, slow) = (tables.Select(kept), dense.Select(kept));
        Assert.Equal(kept.Length, fast.Width);
        for (var k = 0; k < kept.Length; k++) Near(slow.Columns()[k], fast.Columns()[k]);
    });

    [Fact]
    public void Is_left_where_a_column_varies_within_groups_and_between_them()
    {
        var frame = Model(1, "x*a");
        var cells = CellTable.Collapse(frame);
        var names = DesignColumn.Of(frame.Formula, frame.Variables);
        Assert.Null(PatternOperator.TryBuild(frame, names, cells, ColumnScales.Of(names.Count)));
        Assert.IsType<DenseOperator>(Design.Build(frame, cells).Operator);
    }

    [Fact]
    public void Is_left_where_patterns_hardly_repeat()
    {
        var data = Data(2);
        var random = new Random(3);
        var own = data.With(new NumberColumn("x", [.. Enumerable.Range(0, data.RowCount).Select(_ => random.NextDouble())]));
        var frame = ModelFrame.Build(own, ModelFormula.Parse("y ~ x + a + (1 | g)"), new FitSettings());
        Assert.IsType<DenseOperator>(Design.Build(frame, CellTable.Collapse(frame)).Operator);
    }

    private static void Hold(Action<PatternOperator, DenseOperator, Random> assertion) => Properties.Hold(Designs, at =>
    {
        var frame = Model(at.Seed, at.Fixed);
        var cells = CellTable.Collapse(frame);
        var names = DesignColumn.Of(frame.Formula, frame.Variables);
        var (ofTables, ofDense) = (ColumnScales.Of(names.Count), ColumnScales.Of(names.Count));
        var tables = PatternOperator.TryBuild(frame, names, cells, ofTables);
        var dense = DenseOperator.Build(frame.Variables, names, cells, ofDense);
        Assert.NotNull(tables);
        Near(ofDense.Centres, ofTables.Centres);
        Near(ofDense.Scales, ofTables.Scales);
        assertion(tables, dense, new Random(at.Seed));
    }, count: 60);

    private static ModelFrame Model(int seed, string terms) =>
        ModelFrame.Build(Data(seed), ModelFormula.Parse($"y ~ {terms} + (1 | g)"), new FitSettings());

    // x, f and h vary within groups; a and b are constant within them.
    private static Frame Data(int seed)
    {
        var random = new Random(seed);
        var group = Enumerable.Range(0, 600).Select(row => row < 12 ? row : random.Next(12)).ToArray();
        var (a, b) = (Numbers(random, 12), Enumerable.Range(0, 12).Select(_ => 2000.0 + random.Next(4)).ToArray());
        return Simulated.Frame(group.Select(_ => random.Next(2)), group.Select(_ => random.Next(3) / 2.0 - 5),
                group.Select(_ => "abc"[random.Next(3)].ToString()), group.Select(g => $"G{g:00}"))
            .With(TextColumn.Of("h", group.Select(_ => random.Next(2) == 0 ? "no" : "yes")))
            .With(new NumberColumn("a", [.. group.Select(g => a[g])]))
            .With(new NumberColumn("b", [.. group.Select(g => b[g])]));
    }

    private static double[] Four(DesignOperator design, int group, double[][] weights)
    {
        var sums = weights.Select(_ => new double[design.Width]).ToArray();
        design.GroupSums(group, new FourSpans(weights[0], weights[1], weights[2], weights[3]),
            new FourSpans(sums[0], sums[1], sums[2], sums[3]));
        var one = new double[design.Width];
        design.GroupSums(group, weights[2], one);
        Near(one, sums[2]);
        return [.. sums.SelectMany(s => s)];
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.4)];

    private static void Near(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-10 * (1 + Math.Abs(expected[i])));
    }
}
