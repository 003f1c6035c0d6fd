using Caseload.Areas;

namespace Caseload.Simulation;

/// <summary>An authority that does not exist: its figures and its effects are drawn.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Code">Three digits from 001 on; no real authority has such a code.</param>
/// <param name="Children">How many identifiers it gives to children first referred in 2010-11.</param>
/// <param name="Eligible">How many of them belong to children under 18 on 31 March 2016.</param>
/// <param name="Complete">How many of those have complete records, where the model takes complete cases.</param>
/// <param name="Rate">Referrals per 10,000 children.</param>
/// <param name="Cin">CIN per social worker.</param>
internal sealed record SimulatedAuthority(int Index, string Code, int Children, int Eligible, int Complete, double Rate, double Cin)
{
    /// <summary>What its two figures add to the log-odds of re-referral.</summary>
    internal double Figures { get; init; }

    /// <summary>What else it adds.</summary>
    internal double Residual { get; init; }

    /// <summary>All that it adds.</summary>
    internal double Effect => Figures + Residual;

    /// <summary>How much earlier than elsewhere its children return, as a tilt of the log-odds.</summary>
    internal double Timing { get; init; }

    /// <summary>Log-odds of no further action before the national shares are met.</summary>
    internal double NfaLogOdds { get; init; }

    /// <summary>Whether its identifiers do not carry over.</summary>
    internal bool IsBroken { get; init; }

    /// <summary>Whether its returns hold slips.</summary>
    internal bool MakesSlips { get; init; }

    /// <summary>Whether it records no disability, so that none of its children can be modelled.</summary>
    internal bool IsUnrecorded { get; init; }

    /// <summary>The row of the area table.</summary>
    /// <param name="referrals">How many referrals its return of 2010-11 holds; with the rate they give its population.</param>
    internal Area ToArea(int referrals) =>
        new(Code, "Simulated authority " + Code, null, Rate, Cin, StudyYears.First)
        {
            Referrals = referrals, SourceKind = AreaSourceKind.Simulated,
        };
}
