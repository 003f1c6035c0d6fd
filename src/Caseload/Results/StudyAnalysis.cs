using System.Text.RegularExpressions;
using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.Schemas;

namespace Caseload.Results;

/// <summary>Runs the analysis of a cohort: descriptions, models and what follows from them.</summary>
public static partial class StudyAnalysis
{
    // How many children a message of the engine speaks of.
    [GeneratedRegex(@"\b\d+ (of \d+ )?trials")]
    private static partial Regex Trials();

    /// <summary>Analyses a cohort. Where no model can be estimated the descriptions stand, and the obstacle says why.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="package">The contract, for labels.</param>
    public static StudyResults Run(Cohort cohort, DataPackage package)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var (models, obstacle) = Model(cohort);
        return Describe(cohort, package) with { Models = models, ModelObstacle = obstacle };
    }

    /// <summary>Describes a cohort, without models.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="package">The contract, for labels.</param>
    public static StudyResults Describe(Cohort cohort, DataPackage package)
    {
        ArgumentNullException.ThrowIfNull(cohort);
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
            AuthorityGroups = RiskGroups.By(cohort, "authority", package),
            Representation = ModelledAgainstExcluded.Of(cohort, package),
            Cleaning = cohort.Cleaning,
            Linkage = cohort.Linkage,
            TimeToRereferral = TimeToRereferral.Of(cohort),
            Incomplete = IncompleteCases.Of(cohort),
        };
    }

    private static (ModelResults? Models, Problem? Obstacle) Model(Cohort cohort)
    {
        try
        {
            var models = ModelResults.Of(cohort);
            return (models, models.Fits.All.Select(m => m.Fit).FirstOrDefault(fit => fit.Obstacle is not null) is { } fit
                ? Obstacle(fit, cohort)
                : null);
        }
        catch (ProblemException e) when (e.Problem.Kind == ProblemKind.NoEstimate)
        {
            return (null, cohort.IsSimulated ? e.Problem : e.Problem with { Found = Trials().Replace(e.Problem.Found, "trials") });
        }
    }

    // The engine counts the children that a covariate tells apart; of real children the term alone may be told.
    private static Problem Obstacle(MixedModelFit fit, Cohort cohort) => cohort.IsSimulated
        ? fit.Obstacle!
        : fit.Obstacle! with
        {
            Found = "no finite estimate of "
                + string.Join(", ", fit.FixedEffects.Where(e => !double.IsFinite(e.Estimate)).Select(e => e.Term))
                + ": the covariates tell the outcome of some children without error (separation)",
        };
}
