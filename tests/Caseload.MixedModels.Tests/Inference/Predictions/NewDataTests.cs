using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Inference.Predictions;

/// <summary>What is said of new data that do not fit the model.</summary>
public sealed class NewDataTests
{
    private static readonly Frame Data = Simulated.Crossed(seed: 95);
    private static readonly MixedModelFit Fit = MixedModel.Fit(Data, "y ~ x + f + (1 | g)");

    private static readonly PredictionSettings Known = new() { Groups = GroupsAs.Known };

    [Fact]
    public void Without_rows_nothing_is_predicted()
    {
        Assert.Equal("data without rows", Refused(() => Fit.PredictMeans(Data.Head(0))).Found);
        Assert.Equal("data without rows", Refused(() => Fit.Contrast(Data, Data.Head(0))).Found);
        Assert.Contains("no row with all cells", Refused(() => Fit.AverageMarginalEffects(Data.Head(0))).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_grouping_is_needed_for_known_groups_only()
    {
        var without = Data.Select(["x", "f"]).Head(3);
        foreach (var groups in new[] { GroupsAs.Averaged, GroupsAs.AtZero, GroupsAs.Unseen })
            Assert.Equal(3, Fit.PredictMeans(without, new() { Groups = groups }).Rows.Count);
        var problem = Refused(() => Fit.PredictMeans(without, Known));
        Assert.Equal("no column g in the data", problem.Found);
        Assert.Contains("GroupsAs.Averaged", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_group_is_told_from_an_unknown_one()
    {
        Assert.Equal("a missing group of g in row 2", Refused(() => Fit.PredictMeans(
            Data.Head(2).With(TextColumn.Of("g", [Data["g"].Format(0), null])), Known)).Found);
        Assert.Equal("a group of g in row 2 that the fit has not seen", Refused(() => Fit.PredictMeans(
            Data.Head(2).With(TextColumn.Of("g", [Data["g"].Format(0), "nowhere"])), Known)).Found);
    }

    [Fact]
    public void Columns_of_the_wrong_type_and_new_levels_are_named()
    {
        var text = Refused(() => Fit.PredictMeans(Data.Head(2).With(TextColumn.Of("x", ["low", "high"]))));
        Assert.Contains("the column \"x\", which holds text", text.Found, StringComparison.Ordinal);
        var level = Refused(() => Fit.PredictMeans(Data.Head(2).With(TextColumn.Of("f", ["a", "new"]))));
        Assert.Equal(("a level of f that the model was not fitted to", "column f"), (level.Found, level.Where));
        var missing = Refused(() => Fit.PredictMeans(Data.Select(["x"]).Head(2)));
        Assert.Contains("no column named \"f\"", missing.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_outside_a_function_is_told_from_a_missing_cell()
    {
        var positive = Data.With(new NumberColumn("p", [.. Data.Number("x").Values.ToArray().Select(Math.Exp)]));
        var fit = MixedModel.Fit(positive, "y ~ log(p) + (1 | g)");
        var outside = Refused(() => fit.PredictMeans(new Frame([new NumberColumn("p", [1, -2])])));
        Assert.Equal("a value in row 2 for which the formula has no number", outside.Found);
        Assert.Equal("column p", Refused(() => fit.PredictMeans(new Frame([new NumberColumn("p", [double.NaN])]))).Where);
    }

    private static Problem Refused(Action predict) => Assert.Throws<ProblemException>(predict).Problem;
}
