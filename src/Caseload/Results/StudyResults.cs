using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Cohorts.Cleaning;
using Caseload.Descriptives;
using Caseload.Disclosure;
using Caseload.Effects;
using Caseload.Frames;
using Caseload.Models.MissingData;

namespace Caseload.Results;

/// <summary>
/// The aggregate results of a run, exact, with the policy under which they may be shown. No child's row is in it. Whatever is shown is made
/// of <see cref="Release"/>.
/// </summary>
public sealed record StudyResults
{
    /// <summary>How the cohort was made.</summary>
    public required CohortSettings Settings { get; init; }

    /// <summary>Whether the data were simulated.</summary>
    public required bool IsSimulated { get; init; }

    /// <summary>The policy that a person chose; null for the default.</summary>
    public DisclosurePolicy? ChosenPolicy { get; init; }

    /// <summary>What may be shown: the chosen policy, else the default for the kind of data.</summary>
    public DisclosurePolicy Policy => ChosenPolicy ?? DisclosurePolicy.For(IsSimulated);

    /// <summary>Which figures of the authorities were taken, of which years; null where a cohort file brought them.</summary>
    public AreaFigures? AreaFigures { get; init; }

    /// <summary>The steps from what was read to the children of the model.</summary>
    public required IReadOnlyList<FlowStep> Flow { get; init; }

    /// <summary>Cases that stay in and are counted.</summary>
    public required IReadOnlyList<CountedCase> Cases { get; init; }

    /// <summary>What a person should look at before trusting the data.</summary>
    public IReadOnlyList<string> Oddities { get; init; } = [];

    /// <summary>Children of the cohort, those eligible by age, those of the model.</summary>
    public required (int Cohort, int Eligible, int Modelled) Children { get; init; }

    /// <summary>Authorities of the cohort and of the model.</summary>
    public required (int Cohort, int Modelled) Authorities { get; init; }

    /// <summary>What followed the first referral.</summary>
    public required Outcomes Outcomes { get; init; }

    /// <summary>What each step of cleaning did; empty for a cohort that was read from a file.</summary>
    public IReadOnlyList<CleaningCount> Cleaning { get; init; } = [];

    /// <summary>What linking the years met; null for a cohort that was read from a file.</summary>
    public LinkageAccount? Linkage { get; init; }

    /// <summary>Time until re-referral; without points where the cohort holds no times.</summary>
    public TimeToRereferral TimeToRereferral { get; init; } = new([], []);

    /// <summary>Which covariates the eligible children lack, by combination.</summary>
    public IReadOnlyList<IncompleteCases> Incomplete { get; init; } = [];

    /// <summary>Re-referral by risk group, before disclosure control.</summary>
    public required IReadOnlyList<RiskGroup> RiskGroups { get; init; }

    /// <summary>Re-referral by authority, before disclosure control.</summary>
    public required IReadOnlyList<AuthorityRate> AuthorityRates { get; init; }

    /// <summary>Re-referral by authority as groups of all children, before disclosure control.</summary>
    public required IReadOnlyList<RiskGroup> AuthorityGroups { get; init; }

    /// <summary>Modelled children beside the eligible ones outside the model.</summary>
    public required IReadOnlyList<GroupShare> Representation { get; init; }

    /// <summary>The models and what follows from them; null where no estimate exists.</summary>
    public ModelResults? Models { get; init; }

    /// <summary>Why there is no model, or why some of its coefficients have no estimate; null where all is estimated.</summary>
    public Problem? ModelObstacle { get; init; }

    /// <summary>What the models say beyond their estimates; null where it was not asked for.</summary>
    public StudyInference? Inference { get; init; }

    /// <summary>The area-level coefficients by other estimators and with other errors; empty where they were not asked for.</summary>
    public IReadOnlyList<AreaTermVariant> AreaTerms { get; init; } = [];

    /// <summary>The interaction model under several choices about missing data; null where they were not asked for.</summary>
    public MissingDataResults? MissingData { get; init; }

    /// <summary>Why a choice about missing data has no estimate; null where all have.</summary>
    public Problem? MissingDataObstacle { get; init; }

    /// <summary>The results as they may be shown.</summary>
    public StudyRelease Release() => new(this);
}
