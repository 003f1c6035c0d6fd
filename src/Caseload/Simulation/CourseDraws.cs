namespace Caseload.Simulation;

/// <summary>What the courses of all authorities share.</summary>
/// <param name="Settings">What to simulate.</param>
/// <param name="Authorities">The authorities.</param>
/// <param name="Cases">Draws of single cases.</param>
/// <param name="LaterChance">The chance of a re-referral in each later year.</param>
/// <param name="Broken">The plan of the authority with broken identifiers.</param>
internal sealed record CourseSettings(
    SimulationSettings Settings, SimulatedAuthority[] Authorities, CaseDraws Cases, double LaterChance, BrokenPlan Broken);

/// <summary>Draws what follows the first referrals of an authority until 31 March 2016, and how cases end.</summary>
internal sealed class CourseDraws
{
    private const int LongestGapOfMove = 30;
    private const int AdoptedUnder = 5;
    private const int ShortestBeforeAdoption = 182;
    private const double AdoptedReturn = 0.2;
    private const int FirstDaysAfterAdoption = 60;
    private const int LastDaysAfterAdoption = 700;

    private readonly CourseSettings common;
    private readonly Truth truth;
    private readonly SimulatedAuthority authority;
    private readonly Children children;
    private readonly Draws draws;
    private readonly AuthorityCases into;
    private readonly List<int> days = [];

    private CourseDraws(CourseSettings common, SimulatedAuthority authority, Children children)
    {
        (this.common, this.authority, this.children, truth) = (common, authority, children, common.Settings.Truth);
        draws = new Draws(common.Settings.Seed, DrawStep.Courses, authority.Index);
        into = new AuthorityCases(children);
    }

    /// <summary>Draws the cases of an authority.</summary>
    internal static AuthorityCases Draw(CourseSettings common, SimulatedAuthority authority, Children children)
    {
        var course = new CourseDraws(common, authority, children);
        if (authority.IsBroken) course.DrawBroken();
        else course.DrawAll();
        return course.into;
    }

    private void DrawAll()
    {
        for (var i = 0; i < children.Count; i++)
        {
            AddEarlier(i);
            ReferralDays(i, children.Returns[i] ? children.FirstReturn[i] : 0);
            for (var n = 0; n <= days.Count; n++)
            {
                var latest = n < days.Count ? days[n] - 1 : int.MaxValue;
                var next = n == 0 ? common.Cases.First(draws, children, i, latest)
                    : common.Cases.Again(draws, children, i, (authority, days[n - 1], latest));
                into.Cases.Add(n == days.Count ? Last(i, next) : next);
            }
        }
    }

    private void AddEarlier(int child)
    {
        if (children.Earlier[child] > 0 && children.EarlierClosure[child] >= StudyYears.Start(0))
            into.Cases.Add(common.Cases.Earlier(draws, children, child));
    }

    // The days of the re-referrals: the first one, and at most one in each census year after it.
    private void ReferralDays(int child, int first)
    {
        days.Clear();
        if (first == 0) return;
        days.Add(first);
        var last = children.LastDay(child);
        for (var y = StudyYears.Of(first) + 1; y < StudyYears.Count && StudyYears.Start(y) <= last; y++)
        {
            if (draws.Chance(common.LaterChance)) days.Add(draws.Between(StudyYears.Start(y), Math.Min(StudyYears.End(y), last)));
        }
    }

    private Case Last(int child, Case its)
    {
        if (its.Nfa || its.Closure > StudyYears.LastDay || its.Closure < children.Birth[child] || its.Reason == ClosureReason.AdultServices)
            return its;
        var at = draws.Uniform();
        if (at < truth.Deaths)
        {
            into.Deaths[child] = its.Closure;
            return its with { Reason = ClosureReason.Died };
        }

        if (at < truth.Deaths + truth.Moves) return Move(child, its);
        var isYoung = its.Closure < StudyYears.Birthday(children.Birth[child], AdoptedUnder);
        return isYoung && its.Closure - its.Referral > ShortestBeforeAdoption && draws.Chance(truth.Adoptions) ? Adopt(child, its) : its;
    }

    // The other authority gives an identifier of its own and keeps the pupil number. Moves within the cohort year are not drawn: they would
    // make another child of the cohort.
    private Case Move(int child, Case its)
    {
        var day = its.Closure + draws.Between(1, LongestGapOfMove);
        var to = draws.Between(0, common.Authorities.Length - 1);
        var isPossible = to != authority.Index && !common.Authorities[to].IsBroken;
        if (!isPossible || day < StudyYears.Start(1) || day > children.LastDay(child)) return its;
        var there = common.Cases.Again(draws, children, child, (common.Authorities[to], day, int.MaxValue));
        into.Leaving.Add(new Arrival(to, new Newcomer(authority.Index, child, KeepsUpn: true), there));
        return its with { Reason = ClosureReason.OtherAuthority };
    }

    private Case Adopt(int child, Case its)
    {
        var day = its.Closure + draws.Between(FirstDaysAfterAdoption, LastDaysAfterAdoption);
        if (draws.Chance(AdoptedReturn) && day >= StudyYears.Start(1) && day <= children.LastDay(child))
        {
            into.Reissued.Add((new Newcomer(authority.Index, child, KeepsUpn: false),
                common.Cases.Again(draws, children, child, (authority, day, int.MaxValue))));
        }

        return its with { Reason = ClosureReason.Adopted };
    }

    private void DrawBroken()
    {
        for (var i = 0; i < children.Count; i++)
        {
            var role = common.Broken.Roles[i];
            var other = common.Broken.Parents[i];
            if (role is BrokenRole.Child) AddEarlier(i);
            var end = StudyYears.End(0);
            if (role == BrokenRole.CarriedOver)
            {
                var closure = draws.Between(StudyYears.Start(1), StudyYears.End(1));
                var carried = common.Cases.First(draws, children, i, end) with { Closure = closure, Reason = ClosureReason.Other };
                into.Cases.Add(carried with { LastYear = 0 });
                into.Reissued.Add((new Newcomer(authority.Index, i, KeepsUpn: true), carried with { FirstYear = 1, LastYear = 1 }));
                Reissue(i, closure + 1);
                continue;
            }

            into.Cases.Add(common.Cases.First(draws, children, i, role switch
            {
                BrokenRole.Reissued => children.Referral[other] - 1,
                BrokenRole.SeenAgain => children.FirstReturn[i] - 1,
                _ => end,
            }));
            if (role == BrokenRole.SeenAgain)
                into.Cases.Add(common.Cases.Again(draws, children, i, (authority, children.FirstReturn[i], end)));
            if (role != BrokenRole.Reissue) Reissue(i, StudyYears.Start(1));
        }

        into.Cases.Sort((a, b) => a.Identity != b.Identity ? a.Identity.CompareTo(b.Identity) : a.Referral.CompareTo(b.Referral));
    }

    // Later re-referrals come as often as elsewhere, each under an identifier of its own in each return.
    private void Reissue(int child, int from)
    {
        var (share, last) = (children.Eligible[child] ? truth.RereferredOfEligible : truth.RereferredOfAgedOut, children.LastDay(child));
        var within = share * truth.FirstYearShares[0];
        var first = 0;
        if (common.Broken.Roles[child] is BrokenRole.SeenAgain or BrokenRole.Reissued)
        {
            first = StudyYears.End(0);
        }
        else if (draws.Chance((share - within) / (1 - within)))
        {
            var year = 1 + draws.Among([.. truth.FirstYearShares.Skip(1)]);
            first = draws.Between(StudyYears.Start(year), StudyYears.End(year));
            if (first > last || first < from) return;
        }

        ReferralDays(child, first);
        days.RemoveAll(day => day < from);
        for (var n = 0; n < days.Count; n++)
        {
            var its = common.Cases.Again(draws, children, child, (authority, days[n], n + 1 < days.Count ? days[n + 1] - 1 : int.MaxValue));
            for (var y = its.FirstYear; y <= its.LastYear; y++)
                into.Reissued.Add((new Newcomer(authority.Index, child, KeepsUpn: true), its with { FirstYear = y, LastYear = y }));
        }
    }
}
