using Caseload.MixedModels.Designs;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Designs;

public sealed class RankedKeysTests
{
    [Fact]
    public void Ranks_numbers_as_a_sorted_set_does() => Properties.Hold(Gen.Choose(1, 100_000), seed =>
    {
        var random = new Random(seed);
        var space = random.Next(1, 2000);
        var keys = Enumerable.Range(0, random.Next(1, 500)).Select(_ => random.Next(space)).ToArray();
        var (ranked, sorted) = (new RankedKeys(keys, space), keys.Distinct().Order().ToList());
        Assert.Equal(sorted.Count, ranked.Count);
        Assert.All(keys, key => Assert.Equal(sorted.IndexOf(key), ranked.RankOf(key)));

        // Shares cover every number once, in order.
        var bounds = Enumerable.Range(0, 5).Select(part => ranked.Bound(part, 4)).ToArray();
        Assert.Equal(0, bounds[0]);
        Assert.True(bounds[4] > keys.Max());
        Assert.Equal(bounds.Order(), bounds);
    });
}
