using Caseload.MixedModels.Factorisations;

namespace Caseload.MixedModels.Tests.Factorisations;

public sealed class EliminationOrderTests
{
    [Fact]
    public void Goes_through_a_nested_design_of_many_nodes_without_fill()
    {
        // More nodes than the graph of bits takes: 30,000 pupils in 1,500 classes, 100 schools and 3 areas.
        var (areas, schools, classes, pupils) = (3, 103, 1603, 31_603);
        var pairs = Enumerable.Range(classes, pupils - classes).SelectMany(pupil =>
        {
            var within = pupil % (classes - schools);
            var (group, school) = (schools + within, areas + within % (schools - areas));
            var area = school % areas;
            return new[] { (pupil, group), (pupil, school), (pupil, area), (group, school), (group, area), (school, area) };
        }).ToArray();
        var pattern = BlockPattern.Of([.. Enumerable.Repeat(1, pupils)], pairs);
        var factor = new BlockCholesky(pattern);
        Assert.Equal(pattern.Offsets[^1], factor.FactorNumbers);
    }

    [Fact]
    public void Solves_a_crossed_design_of_many_nodes()
    {
        var random = new Random(7);
        var pairs = Enumerable.Range(0, 14_000).SelectMany(pupil =>
            Enumerable.Range(0, 3).Select(_ => (pupil, 14_000 + Math.Clamp(pupil / 70 + random.Next(-3, 4), 0, 199)))).ToArray();
        var factor = new LargeProblem(14_200, pairs, random).Check([0, 13_999, 14_000, 14_100]);
        Assert.InRange(factor.CoreSize, 0, 100);
    }

    [Fact]
    public void Stops_where_the_rest_is_dense_and_not_before()
    {
        Assert.False(EliminationOrder.IsCore(count: 1001, leastDegree: 199));
        Assert.True(EliminationOrder.IsCore(count: 1001, leastDegree: 200));
        Assert.False(EliminationOrder.IsCore(count: 40, leastDegree: 38));
        Assert.True(EliminationOrder.IsCore(count: 40, leastDegree: 39));
        Assert.False(EliminationOrder.IsCore(count: 2, leastDegree: 1));
    }

    [Fact]
    public void Eliminates_a_band_from_its_ends_without_fill()
    {
        var pattern = BlockPattern.Of([.. Enumerable.Repeat(1, 500)], [.. Enumerable.Range(0, 499).Select(i => (i, i + 1))]);
        Assert.Equal(pattern.Offsets[^1], new BlockCholesky(pattern).FactorNumbers);
    }
}
