using Caseload.Rules;
using Caseload.Schemas;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests.Rules;

/// <summary>The sweep through sorted episodes names the same referrals as holding every episode against every other.</summary>
public sealed class Rule8820Tests : IDisposable
{
    private static readonly DataPackage Package = DataPackage.Load();
    private readonly TemporaryFolder folder = new();

    private static Gen<FixtureEpisode> Episodes =>
        from start in Gen.Choose(1, 9)
        from length in Gen.Choose(-1, 5)
        from nfa in Gen.Elements("true", "false")
        select new FixtureEpisode
        {
            Referral = $"2015-03-{20 + start:00}", Closure = length < 0 ? "" : $"2015-03-{Math.Min(31, 20 + start + length):00}", Reason = "RC7", Nfa = nfa,
        };

    [Fact]
    public void It_agrees_with_its_slow_twin()
    {
        Properties.Hold(Episodes.ArrayOf(), episodes =>
        {
            var rule = RuleRun.Over(Package, [folder.File("r.xml", new FixtureReturn(2015, new FixtureChild(episodes)).Xml())]).Single(r => r.Number == "8820");

            Assert.Equal(Slow(episodes), rule.Places.Select(place => (int)place.Line - 3));
        }, 300);
    }

    public void Dispose() => folder.Dispose();

    private static IEnumerable<int> Slow(FixtureEpisode[] episodes) => Enumerable.Range(0, episodes.Length).Where(i => Enumerable.Range(0, episodes.Length).Any(j =>
    {
        var (referral, other) = (episodes[i].Referral, episodes[j]);
        var end = other.Closure.Length > 0 ? other.Closure : other.Nfa == "false" ? "2015-03-31" : "";
        return i != j && string.CompareOrdinal(referral, other.Referral) >= 0 && string.CompareOrdinal(referral, end) < 0;
    }));
}
