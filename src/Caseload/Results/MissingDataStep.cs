using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Models.MissingData;

namespace Caseload.Results;

/// <summary>Adds the choices about missing data to the results of a run.</summary>
public static class MissingDataStep
{
    /// <summary>
    /// The results with the interaction model under every choice about missing data. Where the main analysis has no model they stay as
    /// they are; where a choice has no estimate the obstacle says why.
    /// </summary>
    /// <param name="results">The results of a run.</param>
    /// <param name="cohort">The cohort that they are of.</param>
    /// <param name="settings">What is done about missing data.</param>
    /// <param name="progress">Told after each imputation; null for nobody.</param>
    /// <exception cref="ProblemException">A setting is out of its range.</exception>
    public static StudyResults AddMissingData(
        this StudyResults results, Cohort cohort, MissingDataSettings settings, IProgress<StepProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(cohort);
        if (results.Models is not { } models) return results;
        try
        {
            return results with { MissingData = MissingDataAnalysis.Run(cohort, models.Fits.Interaction, settings, progress) };
        }
        catch (ProblemException e) when (e.Problem.Kind == ProblemKind.NoEstimate)
        {
            // The engine's words may count children: of real ones the bare fact is told.
            return results with
            {
                MissingDataObstacle = cohort.IsSimulated ? e.Problem : e.Problem with
                {
                    Found = "no estimate of a model that a choice about missing data needs",
                },
            };
        }
    }
}
