using Caseload.Frames;
using Caseload.Simulation;
using FsCheck.Fluent;

namespace Caseload.Tests.Simulation;

/// <summary>Simulated returns are legal under the published rules, apart from the slips and the broken identifiers that are planted.</summary>
public sealed class SimulatedReturnsTests
{
    private static readonly Truth WithoutSlips = new() { SlipAuthorities = 0 };

    [Fact]
    public void Each_row_is_legal() => Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
    {
        foreach (var one in Simulator.Run(new SimulationSettings { Children = 1_500, Seed = seed, Truth = WithoutSlips }).Returns)
        {
            var rows = one.Rows();
            var (first, last) = (new DateOnly(one.Year - 1, 4, 1), new DateOnly(one.Year, 3, 31));
            var (referral, closure) = (rows.Date("CINreferralDate"), rows.Date("CINclosureDate"));
            var (born, expected) = (rows.Date("PersonBirthDate"), rows.Date("ExpectedPersonBirthDate"));
            var (need, nfa, reason) = (rows.Text("PrimaryNeedCode"), rows.Flag("ReferralNFA"), rows.Text("ReasonForClosure"));
            for (var row = 0; row < rows.RowCount; row++)
            {
                var birth = (born[row] ?? expected[row])!.Value;
                Assert.True(born[row] is null != expected[row] is null, "a birth date or an expected one, never both");
                Assert.True(born[row] is null || born[row] <= last, "8520: birth after the period");
                Assert.True(referral[row] < birth.AddYears(18), "referred after the 18th birthday");
                Assert.True(referral[row]!.Value.AddDays(217) >= birth, "8606: long before birth");
                Assert.True(referral[row] <= last, "8600: referred after the census year");
                Assert.True(closure[row] is null || (closure[row] >= referral[row] && closure[row] >= first && closure[row] <= last), "8620, 8630");
                Assert.True(closure[row] is null == reason[row] is null, "8805, 8810: closure and reason");
                Assert.True(nfa[row] is not null, "8568: no flag");
                Assert.True(nfa[row] == true || need[row] is not null, "8610: need missing where there was further action");
                Assert.True(nfa[row] == false || referral[row] >= first, "8569: no further action on an old referral");
                Assert.True(one.Year >= 2014 || rows["ReferralSource"].IsMissing(row), "sources are collected from 2013-14 on");
            }
        }
    }, 8);

    [Fact]
    public void Cases_of_a_child_follow_one_another() => Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
    {
        foreach (var one in Simulator.Run(new SimulationSettings { Children = 3_000, Seed = seed, Truth = WithoutSlips }).Returns)
        {
            var rows = one.Rows();
            var (child, referral, closure) = (rows.Text("LAchildID"), rows.Date("CINreferralDate"), rows.Date("CINclosureDate"));
            Assert.Equal(child.Codes.ToArray().Distinct().Count(), 1 + Enumerable.Range(1, rows.RowCount - 1).Count(r => child[r] != child[r - 1]));
            for (var row = 1; row < rows.RowCount; row++)
            {
                // 8815, 8816, 8820: the case before is closed, and on an earlier day.
                if (child[row] == child[row - 1]) Assert.True(closure[row - 1] < referral[row], "open or overlapping cases");
            }
        }
    }, 6);

    [Fact]
    public void Slips_are_in_the_returns_where_they_are_planted()
    {
        var truth = new Truth { SlipAuthorities = 1, SlipClosureBeforeReferral = 0.1, SlipMissingNfa = 0.1, SlipRepeatedRow = 0.1, SlipStillOpen = 0.1 };
        Frame[] returns = [.. Simulator.Run(new SimulationSettings { Children = 2_000, Truth = truth }).Returns.Select(r => r.Rows())];
        int Count(Func<Frame, int, bool> those) => returns.Sum(f => Enumerable.Range(1, f.RowCount - 1).Count(row => those(f, row)));

        Assert.InRange(Count((f, row) => f.Date("CINclosureDate")[row] < f.Date("CINreferralDate")[row]), 200, 500);
        Assert.InRange(Count((f, row) => f["ReferralNFA"].IsMissing(row)), 200, 600);
        Assert.InRange(Count((f, row) => Key(f, row) == Key(f, row - 1) && f.Date("CINreferralDate")[row] == f.Date("CINreferralDate")[row - 1]), 300, 700);
        Assert.InRange(Count((f, row) => Key(f, row) == Key(f, row - 1) && f["CINclosureDate"].IsMissing(row - 1)
            && f.Date("CINreferralDate")[row] != f.Date("CINreferralDate")[row - 1]), 10, 150);
    }

    [Fact]
    public void Moves_deaths_adoptions_and_earlier_cases_are_there()
    {
        var truth = WithoutSlips with { Deaths = 0.05, Moves = 0.1, Adoptions = 0.3, BrokenRate = 0 };
        var returns = Simulator.Run(new SimulationSettings { Children = 12_000, Truth = truth }).Returns.Select(r => (r.Authority, Rows: r.Rows())).ToArray();
        int Closed(string reason) => returns.Sum(r => Enumerable.Range(0, r.Rows.RowCount).Count(row => r.Rows.Text("ReasonForClosure")[row] == reason));
        var deaths = returns.Sum(r => Enumerable.Range(0, r.Rows.RowCount).Count(row =>
            r.Rows.Date("PersonDeathDate")[row] is { } day && day == r.Rows.Date("CINclosureDate")[row] && r.Rows.Text("ReasonForClosure")[row] == "RC2"));
        var authoritiesOfUpn = returns
            .SelectMany(r => Enumerable.Range(0, r.Rows.RowCount).Select(row => (Upn: r.Rows.Text("UPN")[row], r.Authority)))
            .Where(u => u.Upn is not null).GroupBy(u => u.Upn).Select(g => g.Select(u => u.Authority).Distinct().Count()).ToArray();

        Assert.True(Closed("RC1") > 10, "adoptions");
        Assert.Equal(Closed("RC2"), deaths);
        Assert.True(deaths > 100, "deaths");
        Assert.True(Closed("RC5") > 100, "moves");
        Assert.InRange(authoritiesOfUpn.Count(n => n == 2), 50, Closed("RC5"));
        Assert.InRange(
            returns.Sum(r => r.Rows.Date("CINreferralDate").Days.ToArray().Count(day => day < new DateOnly(2010, 4, 1).DayNumber)), 200, 800);
    }

    private static string? Key(Frame f, int row) => f.Text("LAchildID")[row];
}
