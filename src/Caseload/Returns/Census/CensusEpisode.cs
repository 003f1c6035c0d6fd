namespace Caseload.Returns.Census;

/// <summary>An assessment inside an episode.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="AssessmentActualStartDate">When it started.</param>
/// <param name="AssessmentAuthorisationDate">When it was authorised.</param>
public readonly record struct CensusAssessment(
    long Line, CensusItem AssessmentActualStartDate, CensusItem AssessmentAuthorisationDate = default);

/// <summary>A child in need plan inside an episode.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="CINPlanStartDate">When it started.</param>
/// <param name="CINPlanEndDate">When it ended.</param>
public readonly record struct CensusPlan(long Line, CensusItem CINPlanStartDate, CensusItem CINPlanEndDate = default);

/// <summary>An enquiry under section 47 of the Children Act 1989 inside an episode.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="S47ActualStartDate">When it started.</param>
/// <param name="DateOfInitialCPC">When the initial child protection conference was held.</param>
public readonly record struct CensusSection47(long Line, CensusItem S47ActualStartDate, CensusItem DateOfInitialCPC = default);

/// <summary>A child protection plan inside an episode.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="CPPstartDate">When it started.</param>
/// <param name="CPPendDate">When it ended.</param>
public readonly record struct CensusProtectionPlan(long Line, CensusItem CPPstartDate, CensusItem CPPendDate = default);

/// <summary>A referral and what followed it (a CINdetails element), as written. The names are those of the census items.</summary>
public sealed class CensusEpisode
{
    private List<CensusAssessment>? assessments;
    private List<CensusPlan>? plans;
    private List<CensusSection47>? enquiries;
    private List<CensusProtectionPlan>? protectionPlans;

    /// <summary>The identifiers and characteristics that stand with this episode.</summary>
    public required CensusPerson Person { get; init; }

    /// <summary>The line on which the episode begins.</summary>
    public long Line { get; internal init; }

    /// <summary>The date of the referral.</summary>
    public CensusItem CINreferralDate { get; internal set; }

    /// <summary>Who referred.</summary>
    public CensusItem ReferralSource { get; internal set; }

    /// <summary>The main reason why the child is in need.</summary>
    public CensusItem PrimaryNeedCode { get; internal set; }

    /// <summary>The date on which the case was closed.</summary>
    public CensusItem CINclosureDate { get; internal set; }

    /// <summary>Why the case was closed.</summary>
    public CensusItem ReasonForClosure { get; internal set; }

    /// <summary>The date of an initial child protection conference.</summary>
    public CensusItem DateOfInitialCPC { get; internal set; }

    /// <summary>Whether the referral ended in no further action.</summary>
    public CensusItem ReferralNFA { get; internal set; }

    /// <summary>The assessments.</summary>
    public IReadOnlyList<CensusAssessment> Assessments => assessments ?? [];

    /// <summary>The child in need plans.</summary>
    public IReadOnlyList<CensusPlan> CINPlanDates => plans ?? [];

    /// <summary>The enquiries under section 47.</summary>
    public IReadOnlyList<CensusSection47> Section47 => enquiries ?? [];

    /// <summary>The child protection plans.</summary>
    public IReadOnlyList<CensusProtectionPlan> ChildProtectionPlans => protectionPlans ?? [];

    internal void Add(CensusAssessment assessment) => (assessments ??= []).Add(assessment);

    internal void Add(CensusPlan plan) => (plans ??= []).Add(plan);

    internal void Add(CensusSection47 enquiry) => (enquiries ??= []).Add(enquiry);

    internal void Add(CensusProtectionPlan plan) => (protectionPlans ??= []).Add(plan);
}
