using Caseload.Cohorts;
using Caseload.Effects;
using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;
using Caseload.Models;

namespace Caseload.Results;

/// <summary>Adds what the models say beyond their estimates to the results of a run.</summary>
public static class InferenceStep
{
    /// <summary>
    /// The results with intervals of what lies between authorities, marginal effects of the models side by side and checks. Where there is
    /// no model they stay as they are; what a small or separated model cannot give is left empty.
    /// </summary>
    /// <param name="results">The results of a run.</param>
    /// <param name="cohort">The cohort that they are of.</param>
    public static StudyResults AddInference(this StudyResults results, Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(cohort);
        if (results.Models is not { } models) return results;
        var (data, fits) = (ModelData.Of(cohort), models.Fits);
        MarginalTable? marginal = null;
        IReadOnlyList<ModelCheck> checks = [];
        (string Name, MixedModelFit Fit, IntervalTable Profile)[] profiles = [];
        AreaSpread[] spreads = [];

        // The three have nothing to do with each other; the first takes as long as the others together.
        Parallel.Invoke(
            () => marginal = Where(() => MarginalTable.Of([.. fits.All.Where(m => m.Fit != fits.Null)], data)),
            () => checks = Where(() => ModelCheck.Of(fits.Interaction)) ?? [],
            () =>
            {
                profiles =
                [
                    .. fits.All.Where(m => m.Fit.Converged).Select(m => (m.Name, m.Fit, Profile: Where(() => m.Fit.ProfileIntervals())!))
                        .Where(m => m.Profile is not null),
                ];
                spreads = [.. profiles.Select(m => Where(() =>
                    AreaSpread.Of(m.Name, m.Fit, m.Profile, StudyFormula.WithoutAreas(m.Fit, data)))).OfType<AreaSpread>()];
            });
        var limits = profiles.Where(m => m.Fit == fits.Interaction).SelectMany(m => ProfileLimits.Of(m.Profile)).ToArray();
        return results with
        {
            Inference = new StudyInference(spreads, limits, marginal, checks)
            {
                Wald = WaldDistance.Furthest(limits, fits.Interaction.FixedEffects),
            },
        };
    }

    /// <summary>
    /// The results with the area-level coefficients of the interaction model by other estimators and with other measures of their
    /// uncertainty. Where the model has not every estimate they stay as they are.
    /// </summary>
    /// <param name="results">The results of a run.</param>
    /// <param name="cohort">The cohort that they are of.</param>
    public static StudyResults AddSensitivity(this StudyResults results, Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(cohort);
        return results.Models is not { Fits.Interaction: { Obstacle: null } fit } ? results
            : results with { AreaTerms = AreaTermVariant.Of(fit, ModelData.Of(cohort)) };
    }

    // A model in which some coefficient has no estimate stands, without what rests on all of them.
    private static T? Where<T>(Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (ProblemException)
        {
            return null;
        }
    }
}
