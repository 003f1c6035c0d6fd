using System.Text.Json;
using System.Text.Json.Serialization;
using Caseload.Frames.Csv;

namespace Caseload.Simulation;

/// <summary>
/// What the simulation plants. Shares and distributions are published (see <c>docs/simulation.md</c>); effects are the kit's own choice in
/// the published directions, because no coefficient was ever published.
/// </summary>
public sealed record Truth
{
    /// <summary>Children first referred in 2010-11, in a simulation of full size.</summary>
    public const int CohortChildren = 498_867;

    /// <summary>Of those, children under 18 on 31 March 2016.</summary>
    public const int EligibleChildren = 366_196;

    /// <summary>Of those, children with every covariate of the model.</summary>
    public const int ModelChildren = 90_209;

    /// <summary>Authorities of the cohort; the model lacks one of them.</summary>
    public const int Authorities = 145;

    /// <summary>Share of the eligible children who are re-referred by 31 March 2016.</summary>
    public double RereferredOfEligible { get; init; } = 0.545;

    /// <summary>Share of the children who age out who are re-referred: what makes half of all children.</summary>
    public double RereferredOfAgedOut { get; init; } = 0.376;

    /// <summary>Distribution of the census year of the first re-referral, 2010-11 first.</summary>
    public IReadOnlyList<double> FirstYearShares { get; init; } = [0.275, 0.30, 0.17, 0.105, 0.085, 0.065];

    /// <summary>Chance of a re-referral in each later census year, for a child who was re-referred before.</summary>
    public double LaterYearChance { get; init; } = 0.232;

    /// <summary>Share of first referrals that end in no further action.</summary>
    public double NfaAtFirstReferral { get; init; } = 0.13;

    /// <summary>Share of re-referrals that end in no further action, by census year, 2010-11 first.</summary>
    public IReadOnlyList<double> NfaAtRereferral { get; init; } = [0.31, 0.23, 0.21, 0.19, 0.18, 0.17];

    /// <summary>Shares of the primary needs N1 to N9 at the first referral.</summary>
    public IReadOnlyList<double> NeedShares { get; init; } = [0.400, 0.161, 0.046, 0.104, 0.187, 0.029, 0.007, 0.048, 0.018];

    /// <summary>Share of re-referrals within a year that keep the primary need; the others draw one, which may be the same again.</summary>
    public double KeptNeedWithinYear { get; init; } = 0.605;

    /// <summary>Share of later re-referrals that keep the primary need; the others draw one, which may be the same again.</summary>
    public double KeptNeedLater { get; init; } = 0.34;

    /// <summary>Effects of the age groups unborn, 0, 1-4, 5-9 and 10-12 on the log-odds of re-referral.</summary>
    public IReadOnlyList<double> AgeEffects { get; init; } = [0.20, 0.15, 0.10, 0.00, -0.15];

    /// <summary>Effect of being female on the log-odds.</summary>
    public double FemaleEffect { get; init; } = 0.06;

    /// <summary>Effect of a disability on the log-odds, where the primary need is not the child's disability.</summary>
    public double DisabledEffect { get; init; } = 0.30;

    /// <summary>Effect of a first referral that ended in no further action on the log-odds.</summary>
    public double NfaEffect { get; init; } = 0.20;

    /// <summary>Effects of the primary needs N1 to N9 on the log-odds.</summary>
    public IReadOnlyList<double> NeedEffects { get; init; } = [0.20, 0.00, 0.25, 0.15, 0.20, 0.20, -0.20, 0.00, -0.25];

    /// <summary>Effect of 250 referrals per 10,000 more on the log-odds, at 10 CIN per social worker.</summary>
    public double RateEffect { get; init; } = 0.02;

    /// <summary>Effect of 5 CIN per social worker more on the log-odds, at 550 referrals per 10,000.</summary>
    public double CinEffect { get; init; }

    /// <summary>How much the effect of 250 referrals per 10,000 grows with 5 CIN per social worker.</summary>
    public double InteractionEffect { get; init; } = 0.08;

    /// <summary>Standard deviation of what is left between authorities, on the log-odds scale.</summary>
    public double AreaDeviation { get; init; } = 0.08;

    /// <summary>Quantiles (minimum, 5, 25, 50, 75, 95 %, maximum) of the referral rate per 10,000 across authorities, 2010-11.</summary>
    public IReadOnlyList<double> RateQuantiles { get; init; } = [196, 296, 413, 529, 667, 979, 1463];

    /// <summary>Quantiles of CIN per social worker across authorities, 2017: the first year with published figures.</summary>
    public IReadOnlyList<double> CinQuantiles { get; init; } = [5.6, 9.6, 11.8, 13.7, 15.8, 19.5, 25.3];

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>Writes what was planted as JSON.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => OutputFile.WriteText(path, writer => writer.WriteLine(JsonSerializer.Serialize(this, Indented)));
}
