namespace Caseload.Simulation;

/// <summary>Draws single cases: how long they stay open, why they are closed, and what is recorded of them.</summary>
/// <param name="settings">What to simulate.</param>
/// <param name="nfa">Chances of no further action.</param>
/// <param name="needs">Draws of needs.</param>
internal sealed class CaseDraws(SimulationSettings settings, NfaChances nfa, NeedDraws needs)
{
    private const int LongestCase = 1460;
    private const int ShortCase = 60;
    private const double ClosedAfterAssessment = 0.3;
    private const double ResidenceOrder = 0.015;
    private const double SpecialGuardianship = 0.012;

    private readonly CaseLengths lengths = new(settings.Truth);

    /// <summary>The first case of an identifier.</summary>
    internal Case First(Draws draws, Children children, int child, int latest) => Close(
        draws, new Case(child, children.Referral[child], 0)
        {
            Need = children.Need[child], NeedKnown = children.NeedKnown[child], Nfa = children.Nfa[child],
        },
        children.Birth[child], latest);

    /// <summary>A case from before 1 April 2010 that the first return still tells.</summary>
    internal Case Earlier(Draws draws, Children children, int child) => Told(
        draws, new Case(child, children.Earlier[child], children.EarlierClosure[child])
    {
        Need = children.Need[child], NeedKnown = needs.IsRecorded(draws, nfa: false, settings.Recorded), Reason = ClosureReason.Other,
    });

    /// <summary>A later case of a child.</summary>
    internal Case Again(Draws draws, Children children, int child, (SimulatedAuthority Authority, int Day, int Latest) when)
    {
        var ended = draws.Chance(nfa.Later(when.Authority, StudyYears.Of(when.Day)));
        var again = new Case(child, when.Day, 0)
        {
            Need = needs.Again(draws, children.Need[child], when.Day - children.Referral[child]),
            NeedKnown = needs.IsRecorded(draws, ended, settings.Recorded),
            Nfa = ended,
        };
        return Close(draws, again, children.Birth[child], when.Latest);
    }

    /// <summary>Gives a case its end.</summary>
    /// <param name="draws">The stream.</param>
    /// <param name="open">The case.</param>
    /// <param name="birth">The child's day of birth: a case ends at 18 at the latest.</param>
    /// <param name="latest">The last day on which it can end, or <see cref="int.MaxValue"/>.</param>
    internal Case Close(Draws draws, Case open, int birth, int latest)
    {
        var closure = lengths.Closure(draws, open.Referral, open.Nfa, Math.Min(latest, open.Referral + LongestCase));
        var adult = StudyYears.Birthday(birth, 18);
        var days = closure - open.Referral;
        var reason = open.Nfa ? ClosureReason.NoFurtherAction
            : closure >= adult ? ClosureReason.AdultServices
            : days <= ShortCase && draws.Chance(ClosedAfterAssessment) ? ClosureReason.NoFurtherAction
            : draws.Chance(ResidenceOrder) ? ClosureReason.ResidenceOrder
            : draws.Chance(SpecialGuardianship) ? ClosureReason.SpecialGuardianship
            : ClosureReason.Other;
        return Told(draws, new Case(open.Identity, open.Referral, Math.Min(closure, Math.Max(adult, open.Referral)))
        {
            Need = open.Need, NeedKnown = open.NeedKnown, Nfa = open.Nfa, Reason = reason,
        });
    }

    private static Case Told(Draws draws, Case closed) => closed with { Source = (byte)draws.Among(CensusCodes.SourceShares) };
}
