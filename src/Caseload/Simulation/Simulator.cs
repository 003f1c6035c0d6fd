using Caseload.Areas;
using Caseload.Frames;

namespace Caseload.Simulation;

/// <summary>What simulated returns record, and with it how the modelled children can be chosen from them.</summary>
public enum RecordedItems
{
    /// <summary>The modelled children have complete records and no other eligible child has: disability is what most lack.</summary>
    CompleteCases,

    /// <summary>Nearly everything is recorded of nearly every child: the modelled children are a sample.</summary>
    NearlyAll,
}

/// <summary>What to simulate.</summary>
public sealed record SimulationSettings
{
    // In smaller ones a need of few children would be had by none, or would have one outcome only.
    private const int FewestWithoutApportionment = 10_000;

    /// <summary>The seed; the same one gives the same bytes. Default: 20170701, the month of the report.</summary>
    public int Seed { get; init; } = 20170701;

    /// <summary>How many children are first referred in 2010-11. Default: 498,867, as published. At least 100.</summary>
    public int Children { get; init; } = Truth.CohortChildren;

    /// <summary>What is recorded. Default: complete cases.</summary>
    public RecordedItems Recorded { get; init; }

    /// <summary>What is planted.</summary>
    public Truth Truth { get; init; } = new();

    /// <summary>Whether the simulation is so small that needs and outcomes are dealt out by their shares, not drawn.</summary>
    internal bool IsApportioned => Children < FewestWithoutApportionment;

    /// <summary>A published count in proportion to the children simulated.</summary>
    internal int Scale(int published) =>
        (int)Math.Round((double)published * Children / Truth.CohortChildren, MidpointRounding.AwayFromZero);
}

/// <summary>
/// Simulates the censuses of 2010-11 to 2015-16: authorities, then children, then what happened to each. Counts are met exactly, shares
/// by solving for the children that were drawn. No child in it exists.
/// </summary>
public static class Simulator
{
    /// <summary>The fewest children that can be simulated.</summary>
    public const int FewestChildren = 100;

    /// <summary>The most children that can be simulated: ten times the study.</summary>
    public const int MostChildren = 5_000_000;

    private const int FewestOfANeed = 4;

    /// <summary>Simulates the censuses.</summary>
    /// <param name="settings">What to simulate.</param>
    /// <exception cref="ProblemException">Fewer than 100 or more than 5,000,000 children were asked for.</exception>
    public static SimulatedCensuses Run(SimulationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Children is < FewestChildren or > MostChildren)
            throw new ProblemException(new Problem(
                ProblemKind.WrongUsage, $"{settings.Children} children to simulate", $"{FewestChildren} to {MostChildren}",
                "--children", "Choose a number in between; the study had 498,867."));
        var authorities = AuthorityDraws.DrawAll(settings);
        var (nfa, needs) = (new NfaChances(authorities, settings.Truth), new NeedDraws(settings.Truth));
        var (children, broken) = DrawChildren(settings, authorities, (needs, nfa, new ChildDraws(settings, nfa, needs)));
        OutcomeDraws.Draw(settings, authorities, children, broken);
        TimingDraws.Draw(settings, authorities, children, broken);
        var course = new CourseSettings(
            settings, authorities, new CaseDraws(settings, nfa, needs), LaterReturns.Chance(settings.Truth, authorities, children), broken);
        return Censuses(settings, authorities, children, DrawCases(course, children));
    }

    private static (Children[] Children, BrokenPlan Broken) DrawChildren(
        SimulationSettings settings, SimulatedAuthority[] authorities, (NeedDraws Needs, NfaChances Nfa, ChildDraws Child) tools)
    {
        var planned = PlannedNeeds(settings, authorities);
        var children = new Children[authorities.Length];
        Parallel.For(0, authorities.Length, a => children[a] = tools.Child.Draw(authorities[a], planned[a]));
        if (authorities.FirstOrDefault(a => a.IsBroken) is not { } authority) return (children, BrokenPlan.None);
        var plan = BrokenPlan.Of(settings.Truth, children[authority.Index]);
        plan.Apply(
            children[authority.Index], new Draws(settings.Seed, DrawStep.Children, authorities.Length), authority, tools);
        return (children, plan);
    }

    private static byte[][] PlannedNeeds(SimulationSettings settings, SimulatedAuthority[] authorities)
    {
        if (!settings.IsApportioned) return [.. authorities.Select(_ => Array.Empty<byte>())];
        var counts = Apportionment.Of([.. settings.Truth.NeedShares], authorities.Sum(a => a.Complete), FewestOfANeed);
        var needs = counts.SelectMany((count, need) => Enumerable.Repeat((byte)need, count)).ToArray();
        new Draws(settings.Seed, DrawStep.Authorities, 1).Shuffle<byte>(needs);
        var next = 0;
        return [.. authorities.Select(a => needs[next..(next += a.Complete)])];
    }

    private static AuthorityCases[] DrawCases(CourseSettings course, Children[] children)
    {
        var cases = new AuthorityCases[children.Length];
        Parallel.For(0, cases.Length, a => cases[a] = CourseDraws.Draw(course, course.Authorities[a], children[a]));
        foreach (var own in cases)
        {
            foreach (var (who, its) in own.Reissued) own.Admit(who, its);
        }

        foreach (var arrival in cases.SelectMany(own => own.Leaving)) cases[arrival.To].Admit(arrival.Who, arrival.Case);
        return cases;
    }

    private static SimulatedCensuses Censuses(
        SimulationSettings settings, SimulatedAuthority[] authorities, Children[] children, AuthorityCases[] cases)
    {
        string[] codes = [.. authorities.Select(a => a.Code)];
        var returns = new CensusReturn[StudyYears.Count * authorities.Length];
        Parallel.For(0, returns.Length, n =>
        {
            var (year, a) = (n / authorities.Length, n % authorities.Length);
            returns[n] = new CensusReturn(new ReturnRows(
                settings.Truth, new Draws(settings.Seed, DrawStep.Slips, n), (authorities[a], year), children, (cases, codes)));
        });
        var areas = authorities.Select(a => a.ToArea(
            cases[a.Index].Cases.Count(c => c is { FirstYear: 0 } && c.Referral >= StudyYears.Start(0))));
        return new SimulatedCensuses([.. returns.Where(r => r.RowCount > 0)], new AreaTable([.. areas]));
    }
}
