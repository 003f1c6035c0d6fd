using Caseload.Frames;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Tests.ModelFrames;

public sealed class ModelFrameTests
{
    private static readonly Frame Data = new(
    [
        new IntegerColumn("y", [0, 1, 1, 0, 1]),
        new IntegerColumn("need", [10, 2, 2, 10, IntegerColumn.Missing]),
        TextColumn.Of("code", ["9", "10", "9", "10", "9"]),
        new FlagColumn("late", [1, 0, 1, 0, 1]),
        new DateColumn("seen", [1, 2, 3, 4, 5]),
        new IntegerColumn("n", [4, 5, 0, 2, 3]),
        new NumberColumn("share", [0.25, 0.333, 0, 0.5, 1]),
        new NumberColumn("zero", [0, 1, 2, 3, 4]),
    ]);

    [Fact]
    public void Leaves_out_rows_with_a_missing_cell_and_counts_them()
    {
        var frame = Build("y ~ need");
        Assert.Equal(4, frame.Rows);
        Assert.Equal(1, frame.MissingRows);
        Assert.Equal(("need", 1), Assert.Single(frame.MissingIn));
        Assert.Equal(0, Build("y ~ late").MissingRows);
    }

    [Fact]
    public void Sorts_levels_of_numbers_numerically_and_of_text_ordinally()
    {
        Assert.Equal(["2", "10"], Build("y ~ need", new FitSettings { Factors = ["need"] }).Variables[0].Levels!);
        Assert.Equal(["2", "10"], Build("y ~ factor(need)").Variables[0].Levels!);
        Assert.Equal(["10", "9"], Build("y ~ code").Variables[0].Levels!);
        Assert.Equal(["FALSE", "TRUE"], Build("y ~ late").Variables[0].Levels!);
    }

    [Fact]
    public void Puts_the_reference_first_and_keeps_each_rows_level()
    {
        var settings = new FitSettings { References = new Dictionary<string, string> { ["code"] = "9" } };
        var variable = Build("y ~ code", settings).Variables[0];
        Assert.Equal(["9", "10"], variable.Levels!);
        Assert.Equal(["9", "10", "9", "10", "9"], variable.Codes.Select(c => variable.Levels![c]));
    }

    [Theory]
    [InlineData("code", "11", "one of its levels")]
    [InlineData("need", "2", "a factor")]
    [InlineData("nosuch", "2", "one of y, need")]
    public void Refuses_a_reference_that_is_no_level(string column, string level, string expected)
    {
        var settings = new FitSettings { References = new Dictionary<string, string> { [column] = level } };
        var problem = Assert.Throws<ProblemException>(() => Build("y ~ code + need", settings)).Problem;
        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
        Assert.StartsWith(expected, problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_proportion_whose_trials_are_weights_and_leaves_out_rows_without_trials()
    {
        var frame = Build("share ~ 1", new FitSettings { Weights = "n" }, rows: [0, 2, 3, 4]);
        Assert.Equal([1, 1, 3], frame.Response.Successes);
        Assert.Equal([4, 2, 3], frame.Response.Trials);
        Assert.Equal(1, frame.RowsWithoutTrials);
    }

    [Fact]
    public void Reads_successes_and_failures_with_arithmetic()
    {
        var frame = Build("cbind(y, n - y) ~ 1", rows: [0, 1]);
        Assert.Equal([0, 1], frame.Response.Successes);
        Assert.Equal([4, 5], frame.Response.Trials);
        Assert.Equal(Math.Log(5), frame.Response.LogConstant(), 12);
    }

    [Fact]
    public void Takes_a_flag_as_a_response() => Assert.Equal([1, 0, 1, 0, 1], Build("late ~ 1").Response.Successes);

    [Theory]
    [InlineData("n ~ 1", null, "data row 1 (line 2")]
    [InlineData("cbind(y, n - y) ~ 1", null, "data row 3 (line 4")]
    [InlineData("cbind(share, n) ~ 1", null, "data row 1 (line 2")]
    [InlineData("share ~ 1", "n", "data row 2 (line 3")]
    [InlineData("zero ~ 1", "n", "data row 3 (line 4")]
    [InlineData("y ~ log(zero)", null, "data row 1 (line 2")]
    [InlineData("code ~ 1", null, "column code")]
    public void Names_the_row_whose_response_is_not_of_the_family(string formula, string? weights, string where)
    {
        var problem = Assert.Throws<ProblemException>(() => Build(formula, new FitSettings { Weights = weights })).Problem;
        Assert.Equal(ProblemKind.CheckFailed, problem.Kind);
        Assert.StartsWith(where, problem.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y ~ nosuch")]
    [InlineData("y ~ seen")]
    [InlineData("y ~ need + (1 | nosuch)")]
    [InlineData("cbind(y) ~ 1")]
    public void Refuses_columns_that_are_missing_or_of_no_use(string formula) =>
        Assert.Equal(ProblemKind.WrongUsage, Assert.Throws<ProblemException>(() => Build(formula)).Problem.Kind);

    [Fact]
    public void Refuses_weights_beside_cbind() =>
        Assert.Equal(ProblemKind.WrongUsage,
            Assert.Throws<ProblemException>(() => Build("cbind(y, n) ~ 1", new FitSettings { Weights = "n" })).Problem.Kind);

    [Fact]
    public void Says_so_where_no_row_is_complete() =>
        Assert.Equal(ProblemKind.CheckFailed, Assert.Throws<ProblemException>(() => Build("y ~ need", rows: [4])).Problem.Kind);

    private static ModelFrame Build(string formula, FitSettings? settings = null, int[]? rows = null) =>
        ModelFrame.Build(rows is null ? Data : Data.Take(rows), ModelFormula.Parse(formula), settings ?? new FitSettings());

    [Fact]
    public void Refuses_combined_groups_that_would_be_named_alike()
    {
        var data = new Frame([new IntegerColumn("y", [0, 1, 1, 0]), TextColumn.Of("a", ["x:y", "x", "x", "x:y"]),
            TextColumn.Of("b", ["z", "y:z", "y:z", "z"])]);
        var problem = Assert.Throws<ProblemException>(() =>
            ModelFrame.Build(data, ModelFormula.Parse("y ~ 1 + (1 | a:b)"), new FitSettings())).Problem;
        Assert.Contains("colons", problem.Found, StringComparison.Ordinal);
        Assert.Contains("a:b", problem.Where, StringComparison.Ordinal);
    }
}
