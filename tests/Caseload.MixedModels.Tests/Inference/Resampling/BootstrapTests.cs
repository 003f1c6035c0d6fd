using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;
using Caseload.MixedModels.Inference.Resampling;

namespace Caseload.MixedModels.Tests.Inference.Resampling;

public sealed class BootstrapTests
{
    private const string Formula = "y ~ x + f + (1 | g)";
    private static readonly MixedModelFit Fit = MixedModel.Fit(Simulated.TwoLevel(seed: 3, groups: 30, size: 20), Formula);

    [Fact]
    public void The_draws_are_the_same_on_one_processor_and_on_many()
    {
        var (one, many) = (Run(Fit, new() { Replicates = 60, Processors = 1 }), Run(Fit, new() { Replicates = 60, Processors = 5 }));
        foreach (var (first, second) in one.Quantities.Zip(many.Quantities)) Assert.Equal(first.Draws, second.Draws);
        Assert.NotEqual(one.Quantities[0].Draws, Run(Fit, new() { Replicates = 60, Seed = 2 }).Quantities[0].Draws);
    }

    [Fact]
    public void A_draw_is_what_a_fit_of_the_simulated_data_gives()
    {
        var bootstrap = Run(Fit, new() { Replicates = 20, Seed = 9 });
        var simulator = new ResponseSimulator(Fit, RefitPlan.Of(Fit).Design);
        for (var replicate = 0; replicate < 20; replicate++)
        {
            var response = simulator.Draw(new RandomStream(9, replicate), RandomEffectDraws.FromDistribution).Response;
            var data = Simulated.TwoLevel(seed: 3, groups: 30, size: 20)
                .With(new IntegerColumn("y", [.. response.Select(value => (int)value)]));
            var fit = MixedModel.Fit(data, Formula);
            Assert.Equal(fit["x"].Estimate, bootstrap.Quantities[1].Draws[replicate], 1e-6 * fit["x"].StandardError);
        }
    }

    [Fact]
    public void Its_standard_errors_and_intervals_are_near_those_of_Wald_where_these_hold()
    {
        var bootstrap = Run(Fit, new() { Replicates = 1000 });
        foreach (var effect in Fit.FixedEffects)
        {
            var quantity = bootstrap.Quantities.First(q => q.Percentile.Kind == IntervalKind.FixedEffect
                && q.Percentile.Term == effect.Term);

            // The standard deviation of 1,000 draws is known to 2.2%: these are four such errors, and what the model is not normal by.
            Assert.InRange(quantity.StandardError / effect.StandardError, 0.9, 1.1);
            Assert.Equal(effect.Lower, bootstrap.Percentile[effect.Term].Lower, 0.25 * effect.StandardError);
            Assert.Equal(effect.Upper, bootstrap.BiasCorrected[effect.Term].Upper, 0.35 * effect.StandardError);
        }

        var deviation = bootstrap.Percentile.Find(IntervalKind.StandardDeviation);
        Assert.Equal(deviation.Lower * deviation.Lower, bootstrap.Percentile.Find(IntervalKind.Variance).Lower, 0.01);
        Assert.True(bootstrap.Percentile.Find(IntervalKind.MedianOddsRatio).Lower >= 1);
    }

    [Fact]
    public void A_statistic_of_the_callers_gets_an_interval()
    {
        var settings = new BootstrapSettings { Replicates = 50, Statistics = [("twice x", fit => 2 * fit["x"].Estimate)] };
        var bootstrap = Run(Fit, settings);
        var (own, x) = (bootstrap.Percentile.Find(IntervalKind.Statistic, term: "twice x"), bootstrap.Percentile["x"]);
        Assert.Equal((2 * x.Estimate, 2 * x.Lower, 2 * x.Upper), (own.Estimate, own.Lower, own.Upper));
        Assert.Contains("twice x", bootstrap.ToString(), StringComparison.Ordinal);
    }

    // The analysis of variance of each simulated response, and the share of variances of 0 that the F distribution with 5 and 24 degrees of
    // freedom gives: R 4.2, pf(2451.25 / (5 * 1764.05 + 2451.25), 5, 24).
    [Fact]
    public void Of_equal_groups_the_draws_are_those_of_the_analysis_of_variance()
    {
        const int Count = 4000;
        const double Exact = 0.04841829;
        var dyestuff = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/dyestuff.csv")), "Yield ~ 1 + (1 | Batch)",
            new FitSettings { Family = Family.Gaussian, Reml = true });
        var bootstrap = Run(dyestuff, new() { Replicates = Count });
        var variances = bootstrap.Quantities.First(q => q.Percentile.Kind == IntervalKind.Variance);
        var simulator = new ResponseSimulator(dyestuff, RefitPlan.Of(dyestuff).Design);
        for (var replicate = 0; replicate < Count; replicate++)
        {
            var response = simulator.Draw(new RandomStream(1, replicate), RandomEffectDraws.FromDistribution).Response;
            Assert.Equal(OfAnalysis(response), variances.Draws[replicate], 1e-2);
        }

        Assert.Equal(Exact, variances.Draws.Count(draw => draw == 0) / (double)Count, 3 * Math.Sqrt(Exact * (1 - Exact) / Count));
        Assert.Equal(0, bootstrap.Failed);

        static double OfAnalysis(double[] response)
        {
            double[] means = [.. response.Chunk(5).Select(batch => batch.Average())];
            var (between, overall) = (0.0, means.Average());
            foreach (var mean in means) between += 5 * (mean - overall) * (mean - overall) / 5;
            var within = response.Select((y, row) => (y - means[row / 5]) * (y - means[row / 5])).Sum() / 24;
            return Math.Max(0, (between - within) / 5);
        }
    }

    [Theory]
    [InlineData(0, 1, "0 replicates")]
    [InlineData(19, 1, "19 replicates")]
    [InlineData(int.MaxValue, 1, "2,147,483,647 replicates")]
    [InlineData(20, 0, "0 processors")]
    public void Refuses_numbers_out_of_range(int replicates, int processors, string found) => Assert.Equal(found,
        Assert.Throws<ProblemException>(() => Run(Fit, new() { Replicates = replicates, Processors = processors })).Problem.Found);

    [Fact]
    public void A_statistic_that_fails_or_has_no_number_is_told_by_its_name()
    {
        var failed = Assert.Throws<ProblemException>(() => Run(Fit, new() { Statistics = [("mine", fit => fit["zzz"].Estimate)] })).Problem;
        Assert.StartsWith("the statistic mine failed: ", failed.Found, StringComparison.Ordinal);
        Assert.Contains("two statistics named mine", Assert.Throws<ProblemException>(() =>
            Run(Fit, new() { Statistics = [("mine", _ => 1), ("mine", _ => 2)] })).Problem.Found, StringComparison.Ordinal);
        Assert.Contains("without a name", Assert.Throws<ProblemException>(() =>
            Run(Fit, new() { Statistics = [("", _ => 1)] })).Problem.Found, StringComparison.Ordinal);
        var bootstrap = Run(Fit, new()
        {
            Replicates = 20, Statistics = [("half", fit => fit["x"].Estimate > Fit["x"].Estimate ? 1 : double.NaN)],
        });
        Assert.Contains(bootstrap.Remarks, remark => remark.StartsWith("half: not a number in ", StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", bootstrap.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_reader_of_the_progress_throws_comes_out_as_it_is()
    {
        var settings = new BootstrapSettings { Replicates = 40, Progress = new Direct(_ => throw new InvalidOperationException("gone")) };
        Assert.Equal("gone", Assert.Throws<InvalidOperationException>(() => Run(Fit, settings)).Message);
    }

    [Fact]
    public void Failed_refits_are_counted_and_shown()
    {
        // A level of eight rows, of which most succeed, is separated in many simulated responses.
        var data = Simulated.TwoLevel(seed: 5, groups: 8, size: 12);
        string[] f = [.. Enumerable.Range(0, data.RowCount).Select(row => row < 8 ? "z" : data.Text("f")[row]!)];
        int[] y = [.. Enumerable.Range(0, data.RowCount).Select(row => row is 0 or > 7 ? data.Integer("y").Values[row] : 1)];
        y[0] = 0;
        var fit = MixedModel.Fit(data.With(TextColumn.Of("f", f)).With(new IntegerColumn("y", y)), "y ~ x + f + (1 | g)");
        var bootstrap = Run(fit, new() { Replicates = 60, AllowSingular = true });
        Assert.InRange(bootstrap.Failed, 5, 55);
        Assert.Equal(bootstrap.Failed, bootstrap.Quantities[0].Draws.Count(double.IsNaN));
        Assert.Contains(FormattableString.Invariant($"{bootstrap.Failed} failed"), bootstrap.ToString(), StringComparison.Ordinal);
        Assert.Contains(bootstrap.Remarks, remark => remark.Contains("without an estimate", StringComparison.Ordinal));
    }

    [Fact]
    public void Progress_counts_up_to_the_end_and_prints_as_a_bar()
    {
        var seen = new List<BootstrapProgress>();
        Run(Fit, new() { Replicates = 40, Progress = new Direct(seen.Add) });
        Assert.Equal(Enumerable.Range(1, 40), seen.Select(progress => progress.Done));
        Assert.Equal("40 of 40 refits", seen[^1].ToString());
        Assert.Contains(new InferenceFormatters().CreateTypeFormatters(), formatter => formatter is MimeFormatter<BootstrapProgress>
            { MimeType: "text/html" } html
                && Written(html, seen[^1]).Contains("<progress max=\"40\" value=\"40\">", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        var settings = new BootstrapSettings { Replicates = 100_000, Progress = new Direct(_ => stop.Cancel()) };
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            Task.Run(() => Fit.Bootstrap(settings, stop.Token), CancellationToken.None));
    }

    // A notebook's stop button: no token is handed on, and the flow of the calling code holds it.
    [Fact]
    public async Task Long_work_of_every_kind_stops_where_the_callers_flow_is_told_to()
    {
        var small = MixedModel.Fit(Simulated.TwoLevel(seed: 3, groups: 30, size: 20), "y ~ x + (1 | g)");
        Action[] work =
        [
            () => Fit.Bootstrap(cancellation: CancellationToken.None),
            () => Fit.BootstrapLikelihoodRatio(small, cancellation: CancellationToken.None),
            () => Fit.ProfileIntervals(cancellation: CancellationToken.None), () => Fit.PredictMeans(Simulated.TwoLevel(seed: 3)),
            () => MixedModel.Fit(Simulated.TwoLevel(seed: 3), Formula),
        ];
        foreach (var one in work)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() =>
            {
                LongWork.Stopping = new CancellationToken(canceled: true);
                one();
            }, CancellationToken.None));
        }

        Assert.False(LongWork.Stopping.IsCancellationRequested);
    }

    [Fact]
    public void Refuses_a_singular_fit_unless_it_is_asked_for()
    {
        var singular = MixedModel.Fit(Simulated.TwoLevel(seed: 3, groups: 6, size: 8, sigma: 0), Formula);
        var problem = Assert.Throws<ProblemException>(() => Run(singular, new())).Problem;
        Assert.Equal((ProblemKind.WrongUsage, "a bootstrap of a singular fit"), (problem.Kind, problem.Found));
        Assert.Contains("singular", string.Join(' ', Run(singular, new() { Replicates = 20, AllowSingular = true }).Remarks),
            StringComparison.Ordinal);
    }

    private static BootstrapIntervals Run(MixedModelFit fit, BootstrapSettings settings) =>
        fit.Bootstrap(settings, TestContext.Current.CancellationToken);

    private static string Written(MimeFormatter<BootstrapProgress> formatter, BootstrapProgress progress)
    {
        var writer = new StringWriter();
        formatter.Format(progress, writer);
        return writer.ToString();
    }

    private sealed class Direct(Action<BootstrapProgress> report) : IProgress<BootstrapProgress>
    {
        public void Report(BootstrapProgress value) => report(value);
    }
}
