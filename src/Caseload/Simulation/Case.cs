namespace Caseload.Simulation;

/// <summary>A case: a referral and what came of it, as the returns of some years tell it.</summary>
/// <param name="Identity">The identifier that it stands under: a place in <see cref="AuthorityCases"/>.</param>
/// <param name="Referral">The day of the referral.</param>
/// <param name="Closure">The day of closure; it may lie after the end of follow-up.</param>
internal readonly record struct Case(int Identity, int Referral, int Closure)
{
    /// <summary>The primary need, 0 for N1.</summary>
    internal byte Need { get; init; }

    /// <summary>Whether the need is recorded.</summary>
    internal bool NeedKnown { get; init; }

    /// <summary>Whether the referral ends in no further action.</summary>
    internal bool Nfa { get; init; }

    /// <summary>Why it is closed.</summary>
    internal ClosureReason Reason { get; init; }

    /// <summary>Who referred the child, a place in <see cref="CensusCodes.Sources"/>.</summary>
    internal byte Source { get; init; }

    /// <summary>The first year whose return tells it under this identifier.</summary>
    internal sbyte FirstYear { get; init; } = (sbyte)(Referral < StudyYears.Start(0) ? 0 : StudyYears.Of(Referral));

    /// <summary>The last such year.</summary>
    internal sbyte LastYear { get; init; } = (sbyte)Math.Min(StudyYears.Count - 1, StudyYears.Of(Closure));
}

/// <summary>A child behind an identifier that is not among the first ones of its authority.</summary>
/// <param name="Authority">The authority that drew the child.</param>
/// <param name="Child">Its place there.</param>
/// <param name="KeepsUpn">Whether the pupil number stays; an adopted child is given another.</param>
internal readonly record struct Newcomer(int Authority, int Child, bool KeepsUpn);

/// <summary>A child who moves: the case in another authority.</summary>
/// <param name="To">That authority.</param>
/// <param name="Who">The child.</param>
/// <param name="Case">The case there; its identifier is given on arrival.</param>
internal readonly record struct Arrival(int To, Newcomer Who, Case Case);

/// <summary>The cases of an authority, by identifier and day.</summary>
/// <param name="children">The children first referred in 2010-11; their identifiers come first.</param>
internal sealed class AuthorityCases(Children children)
{
    /// <summary>The cases.</summary>
    internal List<Case> Cases { get; } = new(children.Count * 2);

    /// <summary>The children behind the identifiers after those of <see cref="Children"/>.</summary>
    internal List<Newcomer> Newcomers { get; } = [];

    /// <summary>The days of death, by identifier.</summary>
    internal Dictionary<int, int> Deaths { get; } = [];

    /// <summary>The children who leave for other authorities.</summary>
    internal List<Arrival> Leaving { get; } = [];

    /// <summary>Cases under identifiers of their own.</summary>
    internal List<(Newcomer Who, Case Case)> Reissued { get; } = [];

    /// <summary>Gives a case an identifier of its own.</summary>
    internal void Admit(Newcomer who, Case its)
    {
        Cases.Add(its with { Identity = children.Count + Newcomers.Count });
        Newcomers.Add(who);
    }
}
