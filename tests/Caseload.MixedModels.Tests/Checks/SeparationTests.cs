using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Fits;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Checks;

public sealed class SeparationTests
{
    [Theory]
    [InlineData(Family.Binomial, Link.Logit)]
    [InlineData(Family.Binomial, Link.Probit)]
    [InlineData(Family.Binomial, Link.Cloglog)]
    [InlineData(Family.Poisson, Link.Log)]
    public void Is_found_exactly_where_an_exhaustive_search_finds_it(Family family, Link link)
    {
        var counts = family == Family.Poisson;
        var cases = Gen.Choose(1, 1_000_000);
        var found = 0;
        Properties.Hold(cases, seed =>
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(0, random.Next(6, 14))
                .Select(_ => (X: random.Next(4), Z: random.Next(4), Y: random.Next(2))).ToArray();
            if ((!counts && rows.All(r => r.Y == 1)) || rows.All(r => r.Y == 0) || !SpansThePlane(rows)) return;
            var fit = Fit(rows, new FitSettings { Family = family, Link = link });
            var separated = IsSeparated(rows, counts);
            found += separated ? 1 : 0;
            Assert.Equal(separated, fit.Warnings.Any(w => w.Check == CheckName.Separation));
            Assert.Equal(separated, fit.Obstacle is not null);
        }, count: 400);
        Assert.InRange(found, counts ? 10 : 50, 350);
    }

    [Fact]
    public void Leaves_the_other_estimates_at_what_the_remaining_rows_give()
    {
        // Level c has successes only: its coefficient has no finite estimate, and its rows tell nothing of the others.
        var data = Simulated.TwoLevel(seed: 11);
        var y = data.Integer("y").Values.ToArray();
        for (var row = 0; row < y.Length; row++) y[row] = data.Text("f")[row] == "c" ? 1 : y[row];
        var separated = data.With(new IntegerColumn("y", y));
        var whole = MixedModel.Fit(separated, "y ~ x + f + (1 | g)");
        var rest = MixedModel.Fit(separated.Filter(row => data.Text("f")[row] != "c"), "y ~ x + f + (1 | g)");
        Assert.Equal(ProblemKind.NoEstimate, whole.Obstacle?.Kind);
        Assert.True(double.IsNaN(whole["fc"].Estimate) && double.IsNaN(whole["fc"].StandardError));
        foreach (var effect in rest.FixedEffects)
        {
            Assert.Equal(effect.Estimate, whole[effect.Term].Estimate, 1e-6);
            Assert.Equal(effect.StandardError, whole[effect.Term].StandardError, 1e-6);
        }

        Assert.Equal(rest.LogLikelihood, whole.LogLikelihood, 1e-8);
        Assert.Equal(rest.RandomEffects[0].StandardDeviations[0], whole.RandomEffects[0].StandardDeviations[0], 1e-6);
        Assert.Contains("f, level c, tends to plus infinity", Assert.Single(whole.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_the_reference_level_takes_the_intercept_and_its_contrasts_along()
    {
        var data = Simulated.TwoLevel(seed: 12);
        var y = data.Integer("y").Values.ToArray();
        for (var row = 0; row < y.Length; row++) y[row] = data.Text("f")[row] == "a" ? 0 : y[row];
        var fit = MixedModel.Fit(data.With(new IntegerColumn("y", y)), "y ~ x + f");
        Assert.Equal(["(Intercept)", "fb", "fc"], fit.FixedEffects.Where(e => double.IsNaN(e.Estimate)).Select(e => e.Term));
        Assert.True(double.IsFinite(fit["x"].Estimate) && double.IsFinite(fit["x"].StandardError));
    }

    [Fact]
    public void That_is_complete_leaves_no_estimate_at_all()
    {
        var fit = Fit([(0, 1, 0), (1, 0, 0), (2, 3, 1), (3, 1, 1), (3, 3, 1)]);
        Assert.All(fit.FixedEffects, effect => Assert.True(double.IsNaN(effect.Estimate)));
        Assert.True(double.IsNaN(fit.LogLikelihood));
        Assert.StartsWith("Complete separation", fit.Obstacle!.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_found_again_within_what_a_first_direction_leaves()
    {
        // x is 1 in two successes; among the rest, level b of f holds failures only.
        var data =
            Simulated.Frame([1, 1, 0, 0, 0, 1, 0, 1], [1, 1, 0, 0, 0, 0, 0, 0], ["a", "b", "b", "b", "a", "a", "a", "a"],
            ["G", "G", "G", "G", "G", "G", "G", "G"]);
        var fit = MixedModel.Fit(data, "y ~ x + f");
        Assert.Equal(["x", "fb"], fit.FixedEffects.Where(e => double.IsNaN(e.Estimate)).Select(e => e.Term));
        Assert.Equal(0, fit["(Intercept)"].Estimate, 8);
        Assert.Equal(4 * Math.Log(0.5), fit.LogLikelihood, 8);
    }

    private static MixedModelFit Fit((int X, int Z, int Y)[] rows, FitSettings? settings = null) => MixedModel.Fit(new Frame(
    [
        new IntegerColumn("y", [.. rows.Select(r => r.Y)]), new IntegerColumn("x", [.. rows.Select(r => r.X)]),
            new IntegerColumn("z", [.. rows.Select(r => r.Z)]),
    ]), "y ~ x + z", settings);

    // The directions that separate form a cone whose edges are lines through two of the points, so it is enough to try those.
    // Counts above 0 must not move; of 0/1 outcomes each bounds one side.
    private static bool IsSeparated((int X, int Z, int Y)[] rows, bool counts) => rows.Any(p => rows.Any(q => new[] { 1, -1 }.Any(side =>
    {
        var (a, b) = (side * (q.Z - p.Z), side * (p.X - q.X));
        var values = rows.Select(r => (r.Y == 1 ? 1 : -1) * (a * (r.X - p.X) + b * (r.Z - p.Z))).ToArray();
        return values.All(v => v >= 0) && values.Any(v => v > 0) && (!counts || rows.Zip(values).All(r => r.First.Y == 0 || r.Second == 0));
    })));

    private static bool SpansThePlane((int X, int Z, int Y)[] rows) =>
        rows.Any(p => rows.Any(q => rows.Any(r => (q.X - p.X) * (r.Z - p.Z) != (q.Z - p.Z) * (r.X - p.X))));
}
