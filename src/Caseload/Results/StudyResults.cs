using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Effects;
using Caseload.Frames;
using Caseload.Models;

namespace Caseload.Results;

/// <summary>The aggregate results of a run: what figures, ledger and report are made of. No child's row is in it.</summary>
public sealed record StudyResults
{
    /// <summary>How the cohort was made.</summary>
    public required CohortSettings Settings { get; init; }

    /// <summary>Whether the data were simulated.</summary>
    public required bool IsSimulated { get; init; }

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

    /// <summary>Re-referral by risk group, before disclosure control.</summary>
    public required IReadOnlyList<RiskGroup> RiskGroups { get; init; }

    /// <summary>Re-referral by authority, before disclosure control.</summary>
    public required IReadOnlyList<AuthorityRate> AuthorityRates { get; init; }

    /// <summary>Modelled children beside the eligible ones outside the model.</summary>
    public required IReadOnlyList<GroupShare> Representation { get; init; }

    /// <summary>The models and what follows from them; null where no estimate exists.</summary>
    public ModelResults? Models { get; init; }

    /// <summary>Why there is no model, or why some of its coefficients have no estimate; null where all is estimated.</summary>
    public Problem? ModelObstacle { get; init; }

    /// <summary>The models.</summary>
    /// <exception cref="ProblemException">There is none; the problem is <see cref="ModelObstacle"/>.</exception>
    public ModelResults RequireModels() => Models ?? throw new ProblemException(ModelObstacle
        ?? new Problem(
            ProblemKind.NoEstimate, "results without a model", "results of a run with models", "", "Run StudyAnalysis on a cohort."));
}
