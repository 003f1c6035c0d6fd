using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

/// <summary>What must not move the estimates, and what must move them in a known way. These need no reference fits.</summary>
public sealed class InvarianceTests
{
    private const string Formula = "y ~ x + f + (1 | g)";

    [Fact]
    public void Swapped_outcomes_change_the_sign_of_every_coefficient() => Properties.HoldOnData(data =>
    {
        var (fit, swapped) =
            (Fit(data), Fit(data.With(new IntegerColumn("y", [.. data.Integer("y").Values.ToArray().Select(y => 1 - y)]))));
        Same(fit, swapped, sign: -1);
        for (var i = 0; i < fit.ConditionalModes.Count; i++) Assert.Equal(-fit.ConditionalModes[i].Mode,
            swapped.ConditionalModes[i].Mode, 1e-6);
    });

    [Fact]
    public void Permuted_rows_change_nothing_to_the_last_bit() => Properties.HoldOnData(data =>
    {
        int[] rows = [.. Enumerable.Range(0, data.RowCount)];
        new Random(1).Shuffle(rows);
        var (fit, permuted) = (Fit(data), Fit(data.Take(rows)));
        Assert.Equal(fit.FixedEffects, permuted.FixedEffects);
        Assert.Equal(fit.LogLikelihood, permuted.LogLikelihood);
        Assert.Equal(fit.ConditionalModes, permuted.ConditionalModes);
    });

    [Fact]
    public void Groups_under_other_names_change_nothing() => Properties.HoldOnData(data =>
        Same(Fit(data),
            Fit(data.With(TextColumn.Of("g",
            Enumerable.Range(0, data.RowCount).Select(row => "Z" + string.Concat(data.Text("g")[row]!.Reverse())))))));

    [Fact]
    public void Groups_copied_under_new_names_double_the_information() => Properties.HoldOnData(data =>
    {
        var copy = data.Take([.. Enumerable.Range(0, data.RowCount), .. Enumerable.Range(0, data.RowCount)]);
        var names = Enumerable.Range(0, copy.RowCount).Select(row => copy.Text("g")[row] + (row < data.RowCount ? "" : "'"));
        var (fit, doubled) = (Fit(data), Fit(copy.With(TextColumn.Of("g", names))));
        Same(fit, doubled, error: Math.Sqrt(0.5));
        Assert.Equal(2 * fit.LogLikelihood, doubled.LogLikelihood, 1e-7);
    });

    [Fact]
    public void A_covariate_in_other_units_and_from_another_origin_changes_its_coefficient_alone() => Properties.HoldOnData(data =>
    {
        var moved = data.With(new NumberColumn("x", [.. data.Number("x").Values.ToArray().Select(x => 2010 + 1000 * x)]));
        var (fit, other) = (Fit(data), Fit(moved));
        Assert.Equal(fit.LogLikelihood, other.LogLikelihood, 1e-8);
        Assert.Equal(fit["x"].Estimate, 1000 * other["x"].Estimate, 1e-6);
        Assert.Equal(fit["x"].StandardError, 1000 * other["x"].StandardError, 1e-6);
        Assert.Equal(fit["(Intercept)"].Estimate, other["(Intercept)"].Estimate + 2010 * other["x"].Estimate, 1e-6);
        Assert.Equal(fit["fb"].Estimate, other["fb"].Estimate, 1e-6);
        Assert.Equal(fit["fb"].StandardError, other["fb"].StandardError, 1e-6);
    });

    [Fact]
    public void Rows_counted_beforehand_give_the_same_estimates() => Properties.HoldOnData(data =>
    {
        var counted = data.GroupBy("g", "x", "f");
        var sums = counted.Sum("y");
        var aggregated = counted.Counts().With(sums["y"]);
        var (fit, other) = (Fit(data), MixedModel.Fit(aggregated, "cbind(y, count - y) ~ x + f + (1 | g)"));
        Same(fit, other);
        Assert.Equal(fit.Patterns, other.Patterns);

        // The log-likelihood of counts also holds the number of orders in which the outcomes could have come.
        Assert.True(other.LogLikelihood > fit.LogLikelihood);
    });

    [Fact]
    public void Proportions_with_trials_as_weights_are_successes_and_failures() => Properties.HoldOnData(data =>
    {
        var counted = data.GroupBy("g", "x", "f");
        var mean = counted.Counts().With(counted.Mean("y")["y"]);
        var sums = counted.Counts().With(counted.Sum("y")["y"]);
        var proportions = MixedModel.Fit(mean, Formula, new FitSettings { Weights = "count" });
        var counts = MixedModel.Fit(sums, "cbind(y, count - y) ~ x + f + (1 | g)");
        Assert.Equal(counts.FixedEffects, proportions.FixedEffects);
        Assert.Equal(counts.LogLikelihood, proportions.LogLikelihood);
    });

    [Fact]
    public void Another_reference_level_gives_the_same_model() => Properties.HoldOnData(data =>
    {
        var (fit, other) =
            (Fit(data), MixedModel.Fit(data, Formula, new FitSettings { References = new Dictionary<string, string> { ["f"] = "c" } }));
        Assert.Equal(fit.LogLikelihood, other.LogLikelihood, 1e-8);
        Assert.Equal(-fit["fc"].Estimate, other["fa"].Estimate, 1e-6);
        Assert.Equal(fit["fc"].StandardError, other["fa"].StandardError, 1e-6);
        Assert.Equal(fit["fb"].Estimate - fit["fc"].Estimate, other["fb"].Estimate, 1e-6);
    });

    [Fact]
    public void An_offset_is_taken_off_the_coefficient_of_its_column() => Properties.HoldOnData(data =>
    {
        var (fit, other) = (Fit(data), MixedModel.Fit(data, "y ~ x + f + offset(0.25 * x) + (1 | g)"));
        Assert.Equal(fit.LogLikelihood, other.LogLikelihood, 1e-8);
        Assert.Equal(fit["x"].Estimate - 0.25, other["x"].Estimate, 1e-6);
    });

    private static MixedModelFit Fit(Frame data) => MixedModel.Fit(data, Formula);

    private static void Same(MixedModelFit fit, MixedModelFit other, double sign = 1, double error = 1)
    {
        Assert.Null(fit.Obstacle);
        Assert.Equal(fit.Singular, other.Singular);
        for (var i = 0; i < fit.FixedEffects.Count; i++)
        {
            Assert.Equal(sign * fit.FixedEffects[i].Estimate, other.FixedEffects[i].Estimate, 1e-6);
            Assert.Equal(error * fit.FixedEffects[i].StandardError, other.FixedEffects[i].StandardError, 1e-6);
        }

        Assert.Equal(fit.RandomEffects[0].StandardDeviations[0], other.RandomEffects[0].StandardDeviations[0], 1e-6);
    }
}
