using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Results;

/// <summary>Runs the analysis of a cohort: descriptions, models and what follows from them.</summary>
public static class StudyAnalysis
{
    /// <summary>Analyses a cohort. Where no model can be estimated the descriptions stand, and the obstacle says why.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="package">The contract, for labels.</param>
    public static StudyResults Run(Cohort cohort, DataPackage package)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var (models, obstacle) = Model(cohort);
        return new StudyResults
        {
            Settings = cohort.Settings,
            IsSimulated = cohort.IsSimulated,
            Flow = cohort.Flow,
            Cases = cohort.Cases,
            Children = (cohort.Children.RowCount, cohort.EligibleChildren.RowCount, cohort.ModelledChildren.RowCount),
            Authorities = (Cohort.AuthoritiesOf(cohort.Children), Cohort.AuthoritiesOf(cohort.ModelledChildren)),
            Outcomes = Outcomes.Of(cohort),
            RiskGroups = [.. RiskGroups.Columns.SelectMany(column => RiskGroups.By(cohort, column, package))],
            AuthorityRates = AuthorityRate.Of(cohort),
            Representation = ModelledAgainstExcluded.Of(cohort, package),
            Models = models,
            ModelObstacle = obstacle,
        };
    }

    private static (ModelResults? Models, Problem? Obstacle) Model(Cohort cohort)
    {
        try
        {
            return (ModelResults.Of(cohort), null);
        }
        catch (ProblemException e) when (e.Problem.Kind == ProblemKind.NoEstimate)
        {
            return (null, e.Problem);
        }
    }
}
