using Caseload.Areas;
using Caseload.Frames;

namespace Caseload.Simulation;

/// <summary>What to simulate.</summary>
public sealed record SimulationSettings
{
    /// <summary>The seed; the same one gives the same bytes. Default: 20170701, the month of the report.</summary>
    public int Seed { get; init; } = 20170701;

    /// <summary>How many children are first referred in 2010-11. Default: 498,867, as published. At least 100.</summary>
    public int Children { get; init; } = Truth.CohortChildren;

    /// <summary>What is planted.</summary>
    public Truth Truth { get; init; } = new();
}

/// <summary>Six simulated censuses and the figures of the simulated authorities.</summary>
/// <param name="Returns">A frame a census year, by the contract of the table "returns", rows by authority and child.</param>
/// <param name="Areas">The area table.</param>
public sealed record SimulatedCensuses(IReadOnlyDictionary<int, Frame> Returns, AreaTable Areas);

/// <summary>
/// Simulates the censuses of 2010-11 to 2015-16: authorities, then children, then what happened to each. Counts are met exactly, shares
/// by solving the intercept for the children that were drawn. No child in it exists.
/// </summary>
public static class Simulator
{
    /// <summary>The fewest children that can be simulated.</summary>
    public const int FewestChildren = 100;

    /// <summary>The most children that can be simulated: ten times the study, which takes about 5 GB of memory.</summary>
    public const int MostChildren = 5_000_000;

    private const int ChildrenAnAuthority = 50;

    // One of them is left out of the model, and a variance between authorities needs two.
    private const int FewestAuthorities = 3;

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
        var draws = new Draws(settings.Seed);
        var authorities = SimulatedAuthority.DrawAll(
            draws, settings.Truth,
            Math.Clamp(settings.Children / ChildrenAnAuthority, FewestAuthorities, Truth.Authorities), settings.Children);
        var children = DrawChildren(draws, settings, authorities);
        var returns = DrawReturns(draws, settings.Truth, children, authorities);

        var year = CourseDraws.FirstYear;
        var rows = new SimulatedRows(authorities, children);
        var course = new CourseDraws(draws, settings.Truth);
        var referrals = new List<SimulatedReferral>();
        for (var i = 0; i < children.Length; i++)
        {
            course.Draw(children[i], returns[i], referrals);
            rows.Add(i, referrals, draws);
        }

        return new SimulatedCensuses(rows.Build(), new AreaTable([.. authorities.Select(a => a.ToArea(year))]));
    }

    private static SimulatedChild[] DrawChildren(Draws draws, SimulationSettings settings, SimulatedAuthority[] authorities)
    {
        var authorityOf = authorities.SelectMany((a, i) => Enumerable.Repeat(i, a.Children)).ToArray();
        var eligible = draws.Exactly(Scale(Truth.EligibleChildren, settings), authorityOf.Length);

        // The last authority recorded too little for the model: 145 authorities have children, 144 are modelled.
        var candidates = Enumerable.Range(0, eligible.Length).Where(i => eligible[i] && authorityOf[i] < authorities.Length - 1).ToArray();
        var complete = new bool[eligible.Length];
        foreach (var i in draws.Pick(Math.Min(Scale(Truth.ModelChildren, settings), candidates.Length), candidates)) complete[i] = true;

        var childDraws = new ChildDraws(draws, settings.Truth);
        return [.. Enumerable.Range(0, eligible.Length).Select(i => childDraws.Draw(authorityOf[i], eligible[i], complete[i]))];
    }

    private static bool[] DrawReturns(Draws draws, Truth truth, SimulatedChild[] children, SimulatedAuthority[] authorities)
    {
        var effects = children.Select(c => c.Effect(truth) + authorities[c.Authority].Effect).ToArray();
        var young = Intercept([.. effects.Where((_, i) => children[i].Eligible)], truth.RereferredOfEligible);
        var old = Intercept([.. effects.Where((_, i) => !children[i].Eligible)], truth.RereferredOfAgedOut);
        return [.. effects.Select((e, i) => draws.Chance(Logistic(e + (children[i].Eligible ? young : old))))];
    }

    /// <summary>The intercept at which the mean chance over the children is the share asked for, by bisection.</summary>
    private static double Intercept(double[] effects, double share)
    {
        var (low, high) = (-10.0, 10.0);
        for (var i = 0; i < 50; i++)
        {
            var middle = (low + high) / 2;
            if (effects.Average(e => Logistic(e + middle)) < share) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static int Scale(int published, SimulationSettings settings) =>
        (int)Math.Round((double)published * settings.Children / Truth.CohortChildren, MidpointRounding.AwayFromZero);
}
