using Caseload.Descriptives;
using Caseload.Disclosure;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.Reports;
using Caseload.Results;
using Caseload.Tests.Results;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests.Disclosure;

/// <summary>
/// The promise of the policies, attacked: from all files of a run, or of two under different policies, the least and the most that every
/// hidden count can be are worked out by linear programming. They are never narrower than the policy promises.
/// </summary>
public sealed class AttackTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("standard")]
    [InlineData("dfe-2010-11")]
    [InlineData("dfe-2020-21")]
    [InlineData("sre-10")]
    public void One_run_tells_no_hidden_count(string name) =>
        Properties.Hold(Cohorts, c => Attack(Children(c.Seed, c.Count), Preset(name)), 12);

    [Theory]
    [InlineData("standard", "dfe-2010-11")]
    [InlineData("dfe-2010-11", "sre-10")]
    [InlineData("dfe-2020-21", "sre-10")]
    public void Two_runs_under_different_policies_tell_no_hidden_count(string one, string other) =>
        Properties.Hold(Cohorts, c => Attack(Children(c.Seed, c.Count), Preset(one), Preset(other)), 8);

    [Fact]
    public void The_attack_finds_what_plain_suppression_gives_away()
    {
        // The twin that shows that the attack can win: the same cohort, small counts blanked out and nothing else hidden.
        var children = Children(7, 150);
        var plain = Preset("dfe-2010-11") with { Secondary = false };

        Assert.Throws<Xunit.Sdk.TrueException>(() => Attack(children, plain));
    }

    public void Dispose() => folder.Dispose();

    private static DisclosurePolicy Preset(string name) => DisclosurePolicy.Presets.Single(p => p.Name == name);

    // Most cohorts have groups of a child or two.
    private static Gen<(int Seed, int Count)> Cohorts =>
        from seed in Gen.Choose(1, 1_000_000) from count in Gen.Elements(40, 120, 300, 900, 2500) select (seed, count);

    private static SampleChild[] Children(int seed, int count)
    {
        var random = new Random(seed);
        string[] codes = ["N1", "N1", "N1", "N1", "N5", "N5", "N4", "N2", "N3"];
        return [.. SampleCohort.Draw(seed, count).Select(child => child with
        {
            Need = random.Next(60) == 0 ? new[] { "N6", "N7", "N8", "N9", null }[random.Next(5)] : codes[random.Next(codes.Length)],
            Sex = random.Next(40) == 0 ? new[] { "unknown", null }[random.Next(2)] : random.Next(2) == 0 ? "male" : "female",
            Disabled = random.Next(50) == 0 ? null : random.Next(12) == 0,
            Nfa = random.Next(80) == 0 ? null : random.Next(6) == 0,
            AgeGroup = random.Next(60) == 0 ? null : child.AgeGroup ?? "5-9",
            Authority = random.Next(40) == 0 ? "209" : child.Authority,
        })];
    }

    private void Attack(SampleChild[] children, params DisclosurePolicy[] policies)
    {
        var truth = StudyAnalysis.Describe(SampleCohort.Of(children), SimulatedStudy.Package) with
        {
            ModelObstacle = new Problem(ProblemKind.NoEstimate, "no model in this test", "", "", ""),
        };
        var attacker = new Attacker(truth);
        for (var i = 0; i < policies.Length; i++)
        {
            var results = truth with { ChosenPolicy = policies[i] };
            var at = Path.Combine(folder.Path, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            RunOutput.Write(results, LedgerBuilder.Build(results), [new("Data", "a test")], at);
            var groups = GroupRelease.Of(policies[i], [.. truth.RiskGroups, .. truth.AuthorityGroups]);
            StudyTables.RiskGroups(groups, policies[i].Mark).SaveCsv(Path.Combine(at, "tables", "describe.csv"));
            attacker.Read(at, policies[i]);
        }

        Assert.True(attacker.Bounds.Solve(), "what is shown contradicts itself");
        var threshold = policies.Min(p => p.SmallestCount);
        var zeros = policies.All(p => !p.ShowZeros);
        foreach (var (what, names, exact, total) in Small(truth, threshold, zeros))
        {
            var (least, most) = (attacker.Bounds.Least(names), attacker.Bounds.Most(names));
            Assert.True(least <= (exact == 0 ? 0 : 1) + 1e-6 && most >= threshold - 1e-6,
                $"{what} is {exact} of {total} in a cohort of {children.Length}; the attack leaves {least:0.##} to {most:0.##}");
        }
    }

    // Every count that any table has or that is the difference of two, and that is small.
    private static IEnumerable<(string What, string[] Names, int Exact, int Total)> Small(StudyResults truth, int threshold, bool zeros)
    {
        int[] Counts(RiskGroup g)
        {
            var (all, eligible, modelled) = (g.All, g.Eligible, g.Modelled!.Value);
            return
            [
                all.Count - eligible.Count, all.Of - eligible.Of - (all.Count - eligible.Count),
                eligible.Count - modelled.Count, eligible.Of - modelled.Of - (eligible.Count - modelled.Count),
                modelled.Count, modelled.Of - modelled.Count,
            ];
        }

        bool IsSmall(int count, int total) => (count > 0 && count <= threshold) || (zeros && count == 0 && total > threshold);
        int[][] sums = [[0], [1], [2], [3], [4], [5], [0, 1], [2, 3], [4, 5], [2, 4], [3, 5], [2, 3, 4, 5], [0, 2, 4], [1, 3, 5], [0, 1, 2, 3, 4, 5]];
        foreach (var variable in truth.RiskGroups.Concat(truth.AuthorityGroups).GroupBy(g => g.Variable))
        {
            var all = variable.ToDictionary(g => g, Counts);
            foreach (var (group, counts) in all)
            {
                var names = Attacker.Cells(group.Variable, group.Code).ToArray();
                foreach (var sum in sums)
                {
                    var (exact, total) = (sum.Sum(i => counts[i]), all.Values.Sum(c => sum.Sum(i => c[i])));

                    // Nobody without a record is in the model: a zero that everybody knows.
                    if (exact == 0 && group.Code is "" or "unknown") continue;
                    if (IsSmall(exact, total))
                        yield return ($"{group.Variable} {group.Code}, cells {string.Join('+', sum)}", [.. sum.Select(i => names[i])], exact, total);
                }
            }
        }

        foreach (var excluded in truth.Flow.TakeLast(2).SelectMany(s => s.Excluded).Where(e => e.Rows <= threshold))
            yield return ("the reason " + excluded.Reason, ["reason|" + excluded.Reason], excluded.Rows, truth.Children.Cohort);

        var before = (All: 0, Eligible: 0);
        for (var i = 0; i < truth.Outcomes.Cumulative.Count; i++)
        {
            var point = truth.Outcomes.Cumulative[i];
            var (eligible, aged) = (point.Eligible.Count - before.Eligible, point.All.Count - point.Eligible.Count - (before.All - before.Eligible));
            var nfa = truth.Outcomes.Nfa[i].Nfa;
            if (IsSmall(eligible, 0)) yield return ($"eligible in {point.Year}", [$"year|{point.Year}|eligible"], eligible, point.Eligible.Count);
            if (IsSmall(aged, 0)) yield return ($"aged out in {point.Year}", [$"year|{point.Year}|aged"], aged, point.All.Count);
            if (IsSmall(nfa.Count, 0)) yield return ($"NFA in {point.Year}", [$"nfa|{point.Year}|yes"], nfa.Count, nfa.Of);
            if (IsSmall(nfa.Of - nfa.Count, 0)) yield return ($"no NFA in {point.Year}", [$"nfa|{point.Year}|no"], nfa.Of - nfa.Count, nfa.Of);
            before = (point.All.Count, point.Eligible.Count);
        }
    }
}
