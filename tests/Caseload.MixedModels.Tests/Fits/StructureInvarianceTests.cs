using Caseload.Frames;
using Caseload.MixedModels.Fits;
using MathNet.Numerics;

namespace Caseload.MixedModels.Tests.Fits;

/// <summary>
/// What must not move the estimates of models of any family and structure, and what must move them in a known way: properties that need
/// no reference fits.
/// </summary>
public sealed class StructureInvarianceTests
{
    [Fact]
    public void Swapped_outcomes_change_the_sign_of_every_coefficient_under_symmetric_links() => ModelKind.HoldOnKinds(
        kind => kind.Link is Link.Logit or Link.Probit, (kind, data) =>
        {
            var swapped = data.With(new IntegerColumn("y", [.. data.Integer("y").Values.ToArray().Select(y => 1 - y)]));
            var (fit, turned) = (kind.Fit(data), kind.Fit(swapped));
            Assert.Equal(fit.LogLikelihood, turned.LogLikelihood, 1e-6);
            FixedEffect[] back = [.. turned.FixedEffects.Select(effect => effect with { Estimate = -effect.Estimate })];
            ModelKind.AssertSame(fit, turned with { FixedEffects = back });
        });

    [Fact]
    public void Groups_copied_under_new_names_double_the_information() => ModelKind.HoldOnKinds(kind => !kind.Reml, (kind, data) =>
    {
        var copy = Twice(data);
        foreach (var group in new[] { "g", "h", "r" })
        {
            copy = copy.With(TextColumn.Of(group,
                Enumerable.Range(0, copy.RowCount).Select(row => copy.Text(group)[row] + (row < data.RowCount ? "" : "'"))));
        }

        var (fit, doubled) = (kind.Fit(data), kind.Fit(copy));
        Assert.Equal(2 * fit.LogLikelihood, doubled.LogLikelihood, 1e-6);
        ModelKind.AssertSame(fit, doubled, error: Math.Sqrt(0.5));
    });

    [Fact]
    public void Rows_in_another_order_change_nothing_to_the_last_bit() => ModelKind.HoldOnKinds(Approximated, (kind, data) =>
    {
        var (fit, permuted) = (kind.Fit(data), kind.Fit(Shuffled(data)));
        Assert.Equal(fit.LogLikelihood, permuted.LogLikelihood);
        Assert.Equal(fit.FixedEffects, permuted.FixedEffects);
        Assert.Equal(fit.ConditionalModes, permuted.ConditionalModes);
    });

    // Numbers of equal covariates are averaged in the order of their rows, so that the last bits of a sum may differ.
    [Fact]
    public void Numbers_in_another_order_change_nothing_but_rounding() => ModelKind.HoldOnKinds(kind => !Approximated(kind), (kind, data) =>
    {
        var (fit, permuted) = (kind.Fit(data), kind.Fit(Shuffled(data)));
        Assert.Equal(1, permuted.LogLikelihood / fit.LogLikelihood, 1e-12);
        ModelKind.AssertSame(fit, permuted);
    }, count: 12);

    [Fact]
    public void Groups_in_another_order_keep_all_but_their_names() => ModelKind.HoldOnKinds(_ => true, (kind, data) =>
    {
        var renamed = data;
        foreach (var group in new[] { "g", "h", "r" })
        {
            renamed = renamed.With(TextColumn.Of(group,
                Enumerable.Range(0, data.RowCount).Select(row => string.Concat(data.Text(group)[row]!.Reverse()))));
        }

        var (fit, other) = (kind.Fit(data), kind.Fit(renamed));
        Assert.Equal(fit.LogLikelihood, other.LogLikelihood, 1e-6);
        ModelKind.AssertSame(fit, other);
    });

    // A block with an intercept and a slope is the same family of distributions from any origin; a slope alone is not. The axes of a grid
    // of nodes turn with the origin, so that the approximations by few points differ while the integral does not: enough are taken.
    [Fact]
    public void A_covariate_in_other_units_and_from_another_origin_is_the_same_model() => ModelKind.HoldOnKinds(_ => true, (kind, data) =>
    {
        var (scale, shift) = (250.0, kind.Formula.Contains("(0 + x", StringComparison.Ordinal) ? 0 : 3000);
        var moved = data.With(new NumberColumn("x", [.. data.Number("x").Values.ToArray().Select(x => shift + scale * x)]));
        var enough = kind with { Points = kind.Points == 1 ? 1 : 15 };
        var (fit, other) = (enough.Fit(data), enough.Fit(moved));

        // The restricted likelihood rests on the columns as given: of one column's scale it holds the logarithm.
        var columns = fit.FixedEffects.Count(effect => effect.Term.StartsWith('x'));
        Assert.Equal(fit.LogLikelihood, other.LogLikelihood + (kind.Reml ? columns * Math.Log(scale) : 0), 1e-5);
        foreach (var effect in fit.FixedEffects.Where(effect => effect.Term.StartsWith('x')))
        {
            Assert.Equal(effect.Estimate, scale * other[effect.Term].Estimate, 1e-4 * effect.StandardError);
            Assert.Equal(effect.StandardError, scale * other[effect.Term].StandardError, 1e-4 * effect.StandardError);
        }

        foreach (var (one, two) in fit.RandomEffects.Zip(other.RandomEffects).Where(pair => pair.First.Terms[^1] == "x"))
            Assert.Equal(one.StandardDeviations[^1], scale * two.StandardDeviations[^1], 1e-4 * (0.1 + one.StandardDeviations[^1]));
    });

    [Fact]
    public void Rows_counted_beforehand_differ_by_the_orders_of_outcomes_alone() => ModelKind.HoldOnKinds(
        kind => kind.Family == Family.Binomial, (kind, data) =>
        {
            var counted = data.GroupBy("g", "h", "r", "x", "f");
            var aggregated = counted.Counts().With(counted.Sum("y")["y"]);
            var fit = kind.Fit(data);
            var other = kind.Writing("y ~", "cbind(y, count - y) ~").Fit(aggregated);
            var (trials, successes) = (aggregated.Integer("count").Values.ToArray(), Numbers(aggregated["y"]));
            var orders = trials.Zip(successes, (n, y) => SpecialFunctions.FactorialLn(n) - SpecialFunctions.FactorialLn(y)
                - SpecialFunctions.FactorialLn(n - y)).Sum();
            Assert.True(aggregated.RowCount < data.RowCount && orders > 0);
            Assert.Equal(fit.LogLikelihood + orders, other.LogLikelihood, 1e-6);
            ModelKind.AssertSame(fit, other);
        });

    [Fact]
    public void Frequencies_are_rows_written_out() => ModelKind.HoldOnKinds(_ => true, (kind, data) =>
    {
        int[] times = [.. Enumerable.Range(0, data.RowCount).Select(row => row * 7 % 11 % 4)];
        var written = data.Take([.. Enumerable.Range(0, data.RowCount).SelectMany(row => Enumerable.Repeat(row, times[row]))]);
        var fit = kind.Fit(data.With(new IntegerColumn("times", times)), settings => settings with { Frequencies = "times" });
        var other = kind.Fit(written);
        Assert.Equal(written.RowCount, fit.Observations);
        Assert.Equal(other.LogLikelihood, fit.LogLikelihood, 1e-6);
        Assert.Equal(other.Bic, fit.Bic, 1e-5);
        ModelKind.AssertSame(other, fit);
    });

    // Of a 0/1 outcome a weight of 2 is two trials with the same outcome, which come in one order only.
    [Fact]
    public void Prior_weights_of_2_are_rows_written_twice() => ModelKind.HoldOnKinds(Approximated, (kind, data) =>
    {
        var weighted = data.With(new NumberColumn("w", [.. Enumerable.Repeat(2.0, data.RowCount)]));
        var (fit, other) = (kind.Fit(weighted, settings => settings with { Weights = "w" }), kind.Fit(Twice(data)));
        Assert.Equal(other.LogLikelihood, fit.LogLikelihood, 1e-6);
        ModelKind.AssertSame(other, fit);
    });

    [Fact]
    public void Nested_equals_crossed_where_the_data_nest() => ModelKind.HoldOnKinds(
        kind => kind.Formula.Contains("r/g", StringComparison.Ordinal), (kind, data) =>
        {
            var (nested, crossed) = (kind.Fit(data), kind.Writing("(1 | r/g)", "(1 | g) + (1 | r)").Fit(data));
            Assert.Equal(nested.LogLikelihood, crossed.LogLikelihood, 1e-6);
            Assert.True(nested.GroupsNest && crossed.GroupsNest);
            ModelKind.AssertSame(nested, crossed);
        }, count: 12);

    // The single intercept has a search of its own; written as a column of ones it is fitted as effects of any structure are.
    [Fact]
    public void One_intercept_is_a_column_of_ones() => ModelKind.HoldOnKinds(
        kind => kind.Formula.EndsWith("+ (1 | g)", StringComparison.Ordinal), (kind, data) =>
        {
            var ones = data.With(new NumberColumn("one", [.. Enumerable.Repeat(1.0, data.RowCount)]));
            var fit = kind.Fit(data);
            var other = kind.Writing("(1 | g)", "(0 + one | g)").Fit(ones);
            Assert.Equal(fit.LogLikelihood, other.LogLikelihood, 1e-6);
            ModelKind.AssertSame(fit, other);
        });

    // One point of quadrature is the Laplace approximation, and two or more approach it from a distance that shrinks with the groups.
    [Fact]
    public void One_point_is_Laplace_and_more_points_are_near_it() => ModelKind.HoldOnKinds(kind => kind.Points > 1, (kind, data) =>
    {
        var (laplace, finer) = ((kind with { Points = 1 }).Fit(data), kind.Fit(data));
        Assert.Equal((FitMethod.Laplace, 1), (laplace.Method, laplace.QuadraturePoints));
        Assert.Equal((FitMethod.Agq, kind.Points), (finer.Method, finer.QuadraturePoints));
        Assert.NotEqual(laplace.LogLikelihood, finer.LogLikelihood);
        Assert.Equal(laplace.LogLikelihood, finer.LogLikelihood, 0.005 * Math.Abs(laplace.LogLikelihood));
    }, count: 12);

    private static bool Approximated(ModelKind kind) => kind.Family != Family.Gaussian;

    private static Frame Twice(Frame data) => data.Take([.. Enumerable.Range(0, data.RowCount), .. Enumerable.Range(0, data.RowCount)]);

    private static Frame Shuffled(Frame data)
    {
        int[] rows = [.. Enumerable.Range(0, data.RowCount)];
        new Random(1).Shuffle(rows);
        return data.Take(rows);
    }

    private static int[] Numbers(Column column) => column is IntegerColumn integers
        ? integers.Values.ToArray() : [.. ((NumberColumn)column).Values.ToArray().Select(value => (int)value)];
}
