using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

/// <summary>The negative binomial family: fits of other software, its limit, and what must not move the estimates.</summary>
public sealed class NegativeBinomialTests
{
    private const string Formula = "y ~ x + f + (1 | g)";

    // epil of R's package MASS (Thall and Vail 1990) by glmmTMB 1.1.5, nbinom2, tightened and polished by Newton's method on its own
    // gradient to 1e-12; without the random intercept MASS 7.3-58 has the same coefficients, log-likelihood and theta.
    [Fact]
    public void Without_random_effects_agrees_with_MASS_and_glmmTMB()
    {
        var fit = Epilepsy("y ~ lbase4 * trt + lage + V4");
        Assert.Equal(-647.1788865406745, fit.LogLikelihood, 1e-8);
        Assert.Equal(2.7715831615825, fit.Dispersion, 1e-6);
        Assert.Equal(-1.5150591769294, fit["(Intercept)"].Estimate, 1e-6);
        Assert.Equal(-0.9120398150006, fit["trtprogabide"].Estimate, 1e-6);
        Assert.Equal(0.8091593723580, fit["(Intercept)"].StandardError, 1e-5);
        Assert.Equal(0.2727437427855, fit["trtprogabide"].StandardError, 1e-5);
        Assert.Equal(7, fit.Parameters);
        Assert.Equal(FitMethod.Glm, fit.Method);
        Assert.Empty(fit.Warnings);
    }

    [Fact]
    public void With_a_random_intercept_agrees_with_glmmTMB()
    {
        var fit = Epilepsy("y ~ lbase4 * trt + lage + V4 + (1 | subject)");
        Assert.Equal(-624.957119332129, fit.LogLikelihood, 1e-7);
        Assert.Equal(7.417984303927, fit.Dispersion, 1e-5);
        Assert.Equal(0.464013822522444, fit.RandomEffects[0].StandardDeviations[0], 1e-6);
        Assert.Equal(-1.314472459005, fit["(Intercept)"].Estimate, 1e-5);
        Assert.Equal(0.338050078992873, fit["lbase4:trtprogabide"].Estimate, 1e-6);
        Assert.Equal(1.176026553, fit["(Intercept)"].StandardError, 1e-4);
        Assert.Equal(0.202007874, fit["lbase4:trtprogabide"].StandardError, 2e-5);
        Assert.Equal(0.136149696 * 0.464013823, fit.RandomEffects[0].StandardDeviationErrors[0], 1e-5);
        Assert.Equal(8, fit.Parameters);
        Assert.Equal((FitMethod.Laplace, Family.NegativeBinomial, Link.Log), (fit.Method, fit.Family, fit.Link));
        Assert.Equal(CheckOutcome.Passed, fit.Checks.Single(check => check.Check == CheckName.Dispersion).Outcome);
    }

    // lme4 1.1-31, glmer(family = negative.binomial(7.4036), nAGQ = 11), tightened; its log-likelihood, which leaves out that of the
    // saturated model, -454.285315863063, is -170.539469058742.
    [Fact]
    public void By_quadrature_agrees_with_lme4_at_the_dispersion()
    {
        var fit = Epilepsy("y ~ lbase4 * trt + lage + V4 + (1 | subject)", points: 11);
        Assert.Equal(-170.539469058742 - 454.285315863063, fit.LogLikelihood, 1e-8);
        Assert.Equal(7.4036, fit.Dispersion, 1e-3);
        Assert.Equal(0.4655444763, fit.RandomEffects[0].StandardDeviations[0], 1e-5);
        Assert.Equal(-1.3130837665, fit["(Intercept)"].Estimate, 1e-4);
        Assert.Equal(0.3379265135, fit["lbase4:trtprogabide"].Estimate, 1e-5);
        Assert.Equal(FitMethod.Agq, fit.Method);
    }

    [Fact]
    public void Of_counts_that_vary_as_Poisson_has_it_or_less_is_the_fit_of_that_family() => Properties.HoldOnData(data =>
    {
        // Of 0s and 1s the variance is below the mean.
        foreach (var formula in new[] { "y ~ x + f", Formula, "y ~ x + f + (1 + x | g)" })
        {
            var (limit, poisson) = (Fit(data, formula), MixedModel.Fit(data, formula, new FitSettings { Family = Family.Poisson }));
            Assert.True(double.IsPositiveInfinity(limit.Dispersion), $"{formula}: {limit.Dispersion}");
            Assert.Equal(poisson.FixedEffects, limit.FixedEffects);
            Assert.Equal(poisson.LogLikelihood, limit.LogLikelihood);
            Assert.Equal(poisson.Parameters + 1, limit.Parameters);
            var warning = limit.Warnings.Single(check => check.Check == CheckName.Dispersion);
            Assert.Contains("Fit that family", warning.Message, StringComparison.Ordinal);
            Assert.Contains("dispersion without bound", limit.ToString(), StringComparison.Ordinal);
        }
    }, count: 4);

    [Fact]
    public void Of_nearly_Poisson_counts_gives_the_maximum_or_the_limit_and_never_less_than_Poisson() => Properties.HoldOnData(data =>
    {
        var random = new Random(data.RowCount);
        var counts = data.With(new IntegerColumn("y", [.. data.Number("x").Values.ToArray().Select(x => Draw(random, Math.Exp(0.5 + 0.3 * x)))]));
        foreach (var formula in new[] { "y ~ x + f", Formula })
        {
            var (fit, poisson) = (Fit(counts, formula), MixedModel.Fit(counts, formula, new FitSettings { Family = Family.Poisson }));
            Assert.True(fit.Converged);
            Assert.True(fit.LogLikelihood >= poisson.LogLikelihood - 1e-9);
            Assert.Equal(double.IsInfinity(fit.Dispersion), fit.LogLikelihood == poisson.LogLikelihood);
        }
    }, count: 10);

    [Fact]
    public void Weights_and_frequencies_of_2_are_rows_written_twice() => Properties.HoldOnData(data =>
    {
        var counts = Counts(data).With(new IntegerColumn("n", [.. Enumerable.Repeat(2, data.RowCount)]));
        var twice = counts.Take([.. Enumerable.Range(0, data.RowCount), .. Enumerable.Range(0, data.RowCount)]);
        foreach (var formula in new[] { "y ~ x + f", Formula })
        {
            var other = Fit(twice, formula);
            foreach (var fit in new[] { Fit(counts, formula, new FitSettings { Weights = "n" }), Fit(counts, formula, new FitSettings { Frequencies = "n" }) })
            {
                Assert.Equal(other.LogLikelihood, fit.LogLikelihood, 1e-7);
                Assert.Equal(1, fit.Dispersion / other.Dispersion, 1e-6);
                Assert.Equal(other["x"].Estimate, fit["x"].Estimate, 1e-6);
                Assert.Equal(other["x"].StandardError, fit["x"].StandardError, 1e-6);
            }
        }
    }, count: 5);

    [Fact]
    public void An_offset_shifted_by_a_constant_shifts_the_intercept_alone() => Properties.HoldOnData(data =>
    {
        var counts = Counts(data);
        var (fit, shifted) = (Fit(counts, Formula + " + offset(0.1 * x)"), Fit(counts, Formula + " + offset(0.1 * x + 5)"));
        Assert.Equal(fit.LogLikelihood, shifted.LogLikelihood, 1e-7);
        Assert.Equal(fit["(Intercept)"].Estimate - 5, shifted["(Intercept)"].Estimate, 1e-5);
        Assert.Equal(fit["x"].Estimate, shifted["x"].Estimate, 1e-6);
        Assert.Equal(1, fit.Dispersion / shifted.Dispersion, 1e-6);
        Assert.Equal(Fit(counts, Formula)["x"].Estimate - 0.1, fit["x"].Estimate, 1e-6);
    }, count: 5);

    [Fact]
    public void Groups_under_other_names_and_rows_in_another_order_change_nothing() => Properties.HoldOnData(data =>
    {
        var counts = Counts(data);
        int[] rows = [.. Enumerable.Range(0, data.RowCount)];
        new Random(1).Shuffle(rows);
        var names = TextColumn.Of("g", Enumerable.Range(0, data.RowCount).Select(row => "Z" + string.Concat(data.Text("g")[row]!.Reverse())));
        var (fit, permuted, named) = (Fit(counts, Formula), Fit(counts.Take(rows), Formula), Fit(counts.With(names), Formula));
        Assert.Equal(fit.FixedEffects, permuted.FixedEffects);
        Assert.Equal(fit.Dispersion, permuted.Dispersion);
        Assert.Equal(fit.LogLikelihood, named.LogLikelihood, 1e-8);
        Assert.Equal(fit["x"].Estimate, named["x"].Estimate, 1e-6);
        Assert.Equal(1, fit.Dispersion / named.Dispersion, 1e-6);
    }, count: 5);

    [Fact]
    public void Groups_copied_under_new_names_double_the_information() => Properties.HoldOnData(data =>
    {
        var counts = Counts(data);
        var copy = counts.Take([.. Enumerable.Range(0, data.RowCount), .. Enumerable.Range(0, data.RowCount)]);
        var names = Enumerable.Range(0, copy.RowCount).Select(row => copy.Text("g")[row] + (row < data.RowCount ? "" : "'"));
        var (fit, doubled) = (Fit(counts, Formula), Fit(copy.With(TextColumn.Of("g", names)), Formula));
        Assert.Equal(2 * fit.LogLikelihood, doubled.LogLikelihood, 1e-6);
        Assert.Equal(1, fit.Dispersion / doubled.Dispersion, 1e-6);
        Assert.Equal(fit["x"].StandardError * Math.Sqrt(0.5), doubled["x"].StandardError, 1e-6);
    }, count: 5);

    [Fact]
    public void Separation_names_the_level_without_any_count_and_leaves_the_rest_estimated()
    {
        var data = Counts(Simulated.TwoLevel(seed: 32));
        var y = data.Integer("y").Values.ToArray();
        for (var row = 0; row < y.Length; row++) y[row] = data.Text("f")[row] == "c" ? 0 : y[row];
        var separated = data.With(new IntegerColumn("y", y));
        var fit = Fit(separated, Formula);
        Assert.Equal(["fc"], fit.FixedEffects.Where(e => double.IsNaN(e.Estimate)).Select(e => e.Term));
        var rest = Fit(separated.Take([.. Enumerable.Range(0, y.Length).Where(row => data.Text("f")[row] != "c")]), Formula);
        Assert.Equal(rest["x"].Estimate, fit["x"].Estimate, 1e-6);
        Assert.Equal(1, rest.Dispersion / fit.Dispersion, 1e-6);
        Assert.Equal(rest.LogLikelihood, fit.LogLikelihood, 1e-8);
    }

    [Fact]
    public void Predictions_are_means_and_the_summary_says_what_the_dispersion_is()
    {
        var counts = Counts(Simulated.TwoLevel(seed: 34));
        var fit = Fit(counts, "y ~ f");
        Assert.Equal(counts.Integer("y").Values.ToArray().Average(), fit.Predict(counts).Mean.Average(), 1e-8);
        Assert.Contains("Negative binomial regression", fit.ToString(), StringComparison.Ordinal);
        Assert.Contains("a count of mean m has the variance m + m^2/d", fit.ToString(), StringComparison.Ordinal);
        Assert.Contains("negative binomial", FitHtml.Summary(Fit(counts, Formula)), StringComparison.Ordinal);
    }

    private static int Draw(Random random, double mean)
    {
        var (count, product) = (0, random.NextDouble());
        for (var floor = Math.Exp(-mean); product > floor; product *= random.NextDouble()) count++;
        return count;
    }

    private static Frame Counts(Frame data) => data.With(new IntegerColumn("y",
        [.. data.Integer("y").Values.ToArray().Select((y, row) => y * (1 + row % 3) + (row * 37 % 19 == 0 ? 9 : 0))]));

    private static MixedModelFit Epilepsy(string formula, int points = 1) => Fit(Frame.LoadCsv(SharedReference.Require("data/epil.csv")), formula,
        new FitSettings { References = new Dictionary<string, string> { ["trt"] = "placebo" }, QuadraturePoints = points });

    private static MixedModelFit Fit(Frame data, string formula, FitSettings? settings = null) =>
        MixedModel.Fit(data, formula, (settings ?? new FitSettings()) with { Family = Family.NegativeBinomial });
}
