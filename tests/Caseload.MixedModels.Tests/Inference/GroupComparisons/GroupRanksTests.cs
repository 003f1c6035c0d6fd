using Caseload.Frames;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Tests.Inference.GroupComparisons;

public sealed class GroupRanksTests
{
    // The mean rank is 1 and the sum over the others of the chance to lie above them.
    [Fact]
    public void Mean_ranks_are_sums_of_chances_over_pairs()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 121), "y ~ x + (1 | g)");
        var ranks = fit.RankGroups(new GroupSettings { Draws = 20_000, Seed = 5 }).Rows;
        Assert.Equal(20 * 21 / 2, ranks.Sum(row => row.MeanRank), 1e-6);
        foreach (var row in ranks)
        {
            var mode = fit.ConditionalModes.Single(m => m.Level == row.Level);
            var expected = 1 + fit.ConditionalModes.Where(m => m != mode).Sum(other => StandardNormal.Below((mode.Mode - other.Mode)
                / Math.Sqrt(mode.StandardError * mode.StandardError + other.StandardError * other.StandardError)));
            Assert.Equal(expected, row.MeanRank, 0.15);
            Assert.InRange(row.MeanRank, row.Lower, row.Upper);
        }
    }

    [Fact]
    public void Where_groups_do_not_vary_any_rank_is_as_likely_as_another()
    {
        var fit = Enumerable.Range(1, 40).Select(seed => MixedModel.Fit(Simulated.TwoLevel(seed, sigma: 0), "y ~ x + (1 | g)"))
            .First(fit => fit.Singular);
        var ranks = fit.RankGroups();
        var count = ranks.Rows.Count;
        Assert.All(ranks.Rows, row => Assert.Equal(((1 + count) / 2.0, 1, count),
            (row.MeanRank, row.Lower, row.Upper)));
        Assert.Contains("any order of the groups", Assert.Single(ranks.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_ranks()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 122), "y ~ x + (1 | g)");
        Assert.Equal(fit.RankGroups().Rows, fit.RankGroups().Rows);
        Assert.NotEqual(fit.RankGroups().Rows, fit.RankGroups(new GroupSettings { Seed = 2 }).Rows);
        Assert.Throws<ProblemException>(() => fit.RankGroups(new GroupSettings { Draws = 10 }));
    }
}
