using Caseload.Frames;
using Caseload.MixedModels.Inference.GroupComparisons;
using Caseload.MixedModels.Inference.Means;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Inference.GroupComparisons;

public sealed class UnexpectedGroupsTests
{
    [Fact]
    public void Chances_are_those_of_the_normal_distribution_about_the_mode()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 111), "y ~ x + (1 | g)");
        foreach (var row in fit.UnexpectedGroups(0.2).Rows)
        {
            Assert.Equal(1 - StandardNormal.Below((0.2 - row.Effect) / row.StandardError), row.Above, 1e-12);
            Assert.Equal(StandardNormal.Below((-0.2 - row.Effect) / row.StandardError), row.Below, 1e-12);
        }
    }

    [Fact]
    public void The_largest_set_within_the_rate_is_named()
    {
        var (named, expected) = UnexpectedGroups.Named([0.3, 0.01, 0.06, 0.5, 0.07], 0.05);
        Assert.Equal([1, 2, 4], named.Order());
        Assert.Equal(0.14 / 3, expected, 1e-12);
        Assert.Empty(UnexpectedGroups.Named([0.3, 0.06], 0.05).Named);
    }

    [Fact]
    public void No_group_more_could_be_named() => Properties.Hold(Gen.Choose(0, 500).ArrayOf(30), chances =>
    {
        double[] falses = [.. chances.Select(chance => chance / 1000.0)];
        var (named, expected) = UnexpectedGroups.Named(falses, 0.1);
        Assert.True(expected <= 0.1);
        if (named.Count > 0) Assert.Equal(named.Average(i => falses[i]), expected, 1e-12);
        var others = Enumerable.Range(0, 30).Except(named).ToArray();
        if (others.Length > 0) Assert.True((expected * named.Count + others.Min(i => falses[i])) / (named.Count + 1) > 0.1 - 1e-12);
    });

    // Over data drawn from the model, the share of groups named whose true effect does not exceed the size.
    [Fact]
    public void The_share_of_false_ones_is_under_control()
    {
        var (named, wrong, size) = (0, 0, 0.3);
        for (var seed = 1; seed <= 12; seed++)
        {
            var random = new Random(2000 + seed);
            double[] effects = [.. Enumerable.Range(0, 60).Select(_ => 0.7 * StandardNormal.Draw(random))];
            int[] groups = [.. Enumerable.Range(0, 60 * 40).Select(i => i / 40)];
            var y = groups.Select(group => random.NextDouble() < 1 / (1 + Math.Exp(-effects[group])) ? 1 : 0);
            var data = Simulated.Frame(y, groups.Select(_ => 0.0), groups.Select(_ => "a"), groups.Select(group => $"G{group:00}"));
            foreach (var row in MixedModel.Fit(data, "y ~ 1 + (1 | g)").UnexpectedGroups(size, 0.1).Rows)
            {
                if (row.Standing == Standing.NotTold) continue;
                var truth = effects[int.Parse(row.Level[1..], System.Globalization.CultureInfo.InvariantCulture)];
                named++;
                wrong += row.Standing == Standing.Above ? (truth > size ? 0 : 1) : truth < -size ? 0 : 1;
            }
        }

        Assert.True(named > 100, $"{named} named");
        Assert.InRange(wrong / (double)named, 0.02, 0.16);
    }

    [Fact]
    public void The_least_certain_of_the_groups_named_is_told()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 114), "y ~ x + (1 | g)");
        var (some, none) = (fit.UnexpectedGroups(0.2, 0.1), fit.UnexpectedGroups(4));
        var least = some.Rows.Where(row => row.Standing != Standing.NotTold).Min(row => Math.Max(row.Above, row.Below));
        Assert.Contains(FormattableString.Invariant($"with probability {least:0.00}"), some.Remarks[0], StringComparison.Ordinal);
        Assert.Contains("None of 20 groups is named", none.Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_negative_size_and_a_rate_beyond_1()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 112), "y ~ x + (1 | g)");
        Assert.Throws<ProblemException>(() => fit.UnexpectedGroups(-0.1));
        Assert.Throws<ProblemException>(() => fit.UnexpectedGroups(0.1, 5));
    }

    [Fact]
    public void Where_groups_do_not_vary_none_is_named()
    {
        var fit = Enumerable.Range(113, 40).Select(seed => MixedModel.Fit(Simulated.TwoLevel(seed, sigma: 0), "y ~ x + (1 | g)"))
            .First(fit => fit.Singular);
        Assert.All(fit.UnexpectedGroups().Rows, row => Assert.Equal(Standing.NotTold, row.Standing));
        Assert.Throws<ProblemException>(() => fit.DeletionResiduals());
    }
}
