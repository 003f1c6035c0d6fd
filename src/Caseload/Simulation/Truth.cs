using System.Text.Json;
using Caseload.Frames.Csv;

namespace Caseload.Simulation;

/// <summary>
/// What the simulation plants: <c>truth.json</c>. Shares and distributions are published or follow from published figures (see
/// <c>docs/simulation.md</c>); effects are the kit's own choice in the published directions, because no coefficient was ever published.
/// All effects are on the log-odds scale.
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

    /// <summary>Share of the eligible children who are re-referred by 31 March 2016, after linkage.</summary>
    [Planted(0.05, 0.95)]
    public double RereferredOfEligible { get; init; } = 0.545;

    /// <summary>Share of the children who age out who are re-referred: what makes half of all children.</summary>
    [Planted(0.05, 0.95)]
    public double RereferredOfAgedOut { get; init; } = 0.376;

    /// <summary>Distribution of the census year of the first re-referral, 2010-11 first.</summary>
    [Planted(0, 1, Length = 6, IsShares = true)]
    public IReadOnlyList<double> FirstYearShares { get; init; } = [0.30, 0.30, 0.165, 0.105, 0.075, 0.055];

    /// <summary>Share of all children who are re-referred in at least three census years.</summary>
    [Planted(0, 0.25)]
    public double InThreeYears { get; init; } = 0.086;

    /// <summary>Share of first referrals that end in no further action.</summary>
    [Planted(0.001, 0.9)]
    public double NfaAtFirstReferral { get; init; } = 0.13;

    /// <summary>Share of re-referrals that end in no further action, by census year, 2010-11 first.</summary>
    [Planted(0.001, 0.9, Length = 6)]
    public IReadOnlyList<double> NfaAtRereferral { get; init; } = [0.31, 0.23, 0.21, 0.19, 0.18, 0.17];

    /// <summary>Shares of the primary needs N1 to N9 at the first referral.</summary>
    [Planted(0, 1, Length = 9, IsShares = true)]
    public IReadOnlyList<double> NeedShares { get; init; } = [0.400, 0.161, 0.046, 0.104, 0.187, 0.029, 0.007, 0.048, 0.018];

    /// <summary>Share of first re-referrals within a year with the same primary need.</summary>
    [Planted(0.3, 1)]
    public double SameNeedWithinYear { get; init; } = 0.70;

    /// <summary>Share of later first re-referrals with the same primary need.</summary>
    [Planted(0.3, 1)]
    public double SameNeedLater { get; init; } = 0.50;

    /// <summary>Shares of the age groups unborn, 0, 1-4, 5-9 and 10-12 among the eligible.</summary>
    [Planted(0, 1, Length = 5, IsShares = true)]
    public IReadOnlyList<double> AgeShares { get; init; } = [0.03, 0.11, 0.32, 0.33, 0.21];

    /// <summary>Share of girls.</summary>
    [Planted(0, 1)]
    public double FemaleShare { get; init; } = 0.459;

    /// <summary>Share of disabled children.</summary>
    [Planted(0, 1)]
    public double DisabledShare { get; init; } = 0.14;

    /// <summary>Share of disabled children among those whose primary need is their disability or illness.</summary>
    [Planted(0, 1)]
    public double DisabledOfN2 { get; init; } = 0.60;

    /// <summary>
    /// Shares of the lengths under 3, 3 to 6 and 6 to 12 months, 1 to 2 and 2 to 4 years, of cases that did not end in no further action.
    /// Set so that the cases ended by 2016 have the published lengths, since long cases are cut by re-referral and by the end.
    /// </summary>
    [Planted(0, 1, Length = 5, IsShares = true)]
    public IReadOnlyList<double> LengthShares { get; init; } = [0.41, 0.15, 0.14, 0.14, 0.16];

    /// <summary>Share of first referrals that followed another one within 12 months, before 1 April 2010.</summary>
    [Planted(0, 0.4)]
    public double EarlierReferral { get; init; } = 0.083;

    /// <summary>Share of children whose sex is recorded, beyond those with complete records.</summary>
    [Planted(0, 1)]
    public double SexRecorded { get; init; } = 0.98;

    /// <summary>Share of referrals with a recorded need where they did not end in no further action.</summary>
    [Planted(0, 1)]
    public double NeedRecorded { get; init; } = 0.90;

    /// <summary>Share of referrals with a recorded need where they ended in no further action.</summary>
    [Planted(0, 1)]
    public double NeedRecordedNfa { get; init; } = 0.50;

    /// <summary>Share of children who age out whose disability is recorded, where the model takes complete cases.</summary>
    [Planted(0, 1)]
    public double DisabilityRecordedAgedOut { get; init; } = 0.25;

    /// <summary>Share of children with each of sex, disability and need recorded, where the model takes a sample.</summary>
    [Planted(0.5, 1)]
    public double RecordedInSample { get; init; } = 0.995;

    /// <summary>Effects of the age groups unborn, 0, 1-4, 5-9 and 10-12.</summary>
    [Planted(-3, 3, Length = 5)]
    public IReadOnlyList<double> AgeEffects { get; init; } = [0.20, 0.15, 0.10, 0.00, -0.15];

    /// <summary>Effect of being female.</summary>
    [Planted(-3, 3)]
    public double FemaleEffect { get; init; } = 0.08;

    /// <summary>Effect of a disability, where the primary need is not the child's disability.</summary>
    [Planted(-3, 3)]
    public double DisabledEffect { get; init; } = 0.30;

    /// <summary>Effect of a first referral that ended in no further action.</summary>
    [Planted(-3, 3)]
    public double NfaEffect { get; init; } = 0.20;

    /// <summary>Effects of the primary needs N1 to N9.</summary>
    [Planted(-3, 3, Length = 9)]
    public IReadOnlyList<double> NeedEffects { get; init; } = [0.20, 0.00, 0.25, 0.20, 0.20, 0.26, -0.20, 0.00, -0.25];

    /// <summary>Effect of a referral in the year before the first one that the returns show.</summary>
    [Planted(-3, 3)]
    public double EarlierReferralEffect { get; init; } = 0.15;

    /// <summary>Effect of 250 referrals per 10,000 more, at 10 CIN per social worker.</summary>
    [Planted(-3, 3)]
    public double RateEffect { get; init; } = -0.03;

    /// <summary>Effect of 5 CIN per social worker more, at 550 referrals per 10,000.</summary>
    [Planted(-3, 3)]
    public double CinEffect { get; init; }

    /// <summary>How much the effect of 250 referrals per 10,000 grows with 5 CIN per social worker.</summary>
    [Planted(-3, 3)]
    public double InteractionEffect { get; init; } = 0.17;

    /// <summary>Standard deviation of what is left between authorities in the return by 2016.</summary>
    [Planted(0, 2)]
    public double AreaDeviation { get; init; } = 0.06;

    /// <summary>Standard deviation between authorities of how early the children who return do so.</summary>
    [Planted(0, 2)]
    public double TimingDeviation { get; init; } = 0.95;

    /// <summary>Standard deviation of the logarithm of the authorities' sizes.</summary>
    [Planted(0, 1.5)]
    public double SizeDeviation { get; init; } = 0.60;

    /// <summary>Correlation between the ranks of referral rate and CIN per social worker: the kit's own.</summary>
    [Planted(-0.95, 0.95)]
    public double AreaCorrelation { get; init; } = -0.20;

    /// <summary>Quantiles (minimum, 5, 25, 50, 75, 95 %, maximum) of the referral rate per 10,000 across authorities, 2010-11.</summary>
    [Planted(1, 10_000, Length = 7, IsAscending = true)]
    public IReadOnlyList<double> RateQuantiles { get; init; } = [196, 296, 413, 529, 667, 979, 1463];

    /// <summary>Quantiles of CIN per social worker across authorities, 2017: the first year with published figures.</summary>
    [Planted(0.1, 1_000, Length = 7, IsAscending = true)]
    public IReadOnlyList<double> CinQuantiles { get; init; } = [5.6, 9.6, 11.8, 13.7, 15.8, 19.5, 25.3];

    /// <summary>
    /// Quantiles of the share of referrals that end in no further action, 2011-12, as a shape: the national shares are met. The highest,
    /// 65.2%, is cut to 50% so that no return looks broken for it.
    /// </summary>
    [Planted(0, 0.9, Length = 7, IsAscending = true)]
    public IReadOnlyList<double> NfaQuantiles { get; init; } = [0, 0, 0.024, 0.070, 0.215, 0.38, 0.50];

    /// <summary>The highest re-referral rate of an authority, of its eligible children.</summary>
    [Planted(0.05, 0.99)]
    public double HighestRate { get; init; } = 0.63;

    /// <summary>The re-referral rate of the authority whose identifiers do not carry over; 0 for no such authority.</summary>
    [Planted(0, 0.12)]
    public double BrokenRate { get; init; } = 0.07;

    /// <summary>Share of children of that authority whose case is open over 31 March 2011 and who are counted twice for it.</summary>
    [Planted(0, 0.5)]
    public double BrokenCarryOver { get; init; } = 0.25;

    /// <summary>Share of last cases that end because the child moves to another authority, which refers the child again.</summary>
    [Planted(0, 0.5)]
    public double Moves { get; init; } = 0.015;

    /// <summary>Share of last cases that end with the child's death.</summary>
    [Planted(0, 0.1)]
    public double Deaths { get; init; } = 0.0008;

    /// <summary>Share of last cases of more than half a year, of children under 5, that end with adoption under a new identity.</summary>
    [Planted(0, 0.5)]
    public double Adoptions { get; init; } = 0.03;

    /// <summary>Share of authorities whose returns hold slips; the shares of slips are of their rows.</summary>
    [Planted(0, 1)]
    public double SlipAuthorities { get; init; } = 0.05;

    /// <summary>Share of closed rows that say that the case was closed before it was referred.</summary>
    [Planted(0, 0.1)]
    public double SlipClosureBeforeReferral { get; init; } = 0.001;

    /// <summary>Share of rows that stand twice in their return.</summary>
    [Planted(0, 0.1)]
    public double SlipRepeatedRow { get; init; } = 0.001;

    /// <summary>Share of rows that do not say whether the referral ended in no further action, where it did not.</summary>
    [Planted(0, 0.1)]
    public double SlipMissingNfa { get; init; } = 0.001;

    /// <summary>Share of cases followed by another one in the same return whose closure was forgotten.</summary>
    [Planted(0, 0.1)]
    public double SlipStillOpen { get; init; } = 0.01;

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes what was planted as JSON.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Frames.ProblemException">The file cannot be written.</exception>
    public void Write(string path) => OutputFile.WriteText(path, writer => writer.WriteLine(JsonSerializer.Serialize(this, Indented)));

    /// <summary>Reads what to plant. A file changes what it names; all else keeps its default.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Frames.ProblemException">It cannot be read, or names what is not planted or cannot be.</exception>
    public static Truth Read(string path) => TruthFile.Read(path);
}
