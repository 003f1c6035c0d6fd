using Caseload.Disclosure;
using Caseload.Effects;
using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.Results;

/// <summary>
/// The models as they may be shown. A coefficient of a few children tells them, with its standard error their number: it is withheld with
/// the group; where they are those that the others are compared with, all coefficients of the variable and the intercept are.
/// </summary>
internal static class ModelRelease
{
    private const int Decimals = 4;

    /// <summary>Releases the models of a run.</summary>
    /// <param name="results">The exact results.</param>
    /// <param name="pattern">What is hidden in the tables.</param>
    /// <returns>The models, null where there are none or they rest on too few children; and why, where that is so.</returns>
    internal static (ModelResults? Models, Problem? Obstacle) Of(StudyResults results, DisclosurePattern pattern)
    {
        if (results.Models is not { } models || results.Policy.ShowsAll) return (results.Models, results.ModelObstacle);
        var policy = results.Policy;
        var children = results.Children.Modelled;
        var again = models.Levels.Where(l => l.Column == "age_group").Sum(l => l.Rereferred.Count);
        if (children < policy.SmallestForMeans || !policy.IsSafe(again) || !policy.IsSafe(children - again))
        {
            return (null, new Problem(ProblemKind.NoEstimate, "a model of too few children to be shown",
                "children and outcomes above the thresholds of disclosure control", "", "See the policy that the report names."));
        }

        var fit = models.Fits.Interaction;
        var withheld = Withheld(models, pattern, policy).ToHashSet(StringComparer.Ordinal);
        FixedEffect[] effects =
        [
            .. fit.FixedEffects.Select(e => withheld.Contains(e.Term)
                ? e with { Estimate = double.NaN, StandardError = double.NaN }
                : e with { Estimate = Rounded(e.Estimate), StandardError = Rounded(e.StandardError) }),
        ];
        return (models with
        {
            Fits = models.Fits with { Interaction = fit with { FixedEffects = effects } },
            Withheld = [.. fit.FixedEffects.Select(e => e.Term).Where(withheld.Contains)],
            Residuals =
            [
                .. models.Residuals.Select(r => r with
                {
                    Effect = Rounded(r.Effect), StandardError = Rounded(r.StandardError), PairMultiplier = Rounded(r.PairMultiplier),
                    Above = Rounded(r.Above), Below = Rounded(r.Below),
                }),
            ],
            Slopes =
            [
                .. models.Slopes.Select(s => s with
                {
                    Slope = Rounded(s.Slope), StandardError = Rounded(s.StandardError), AreaDeviation = Rounded(s.AreaDeviation),
                }),
            ],
            Funnel = InferenceRelease.Of(models.Funnel, policy, authority => pattern.IsShown("authority", authority)),
            IntervalOddsRatios =
                [.. models.IntervalOddsRatios.Select(r => r with { Lower = Rounded(r.Lower), Upper = Rounded(r.Upper) })],
            Curves =
            [
                .. models.Curves.Select(IReadOnlyList<PredictedProbability> (curve) =>
                [
                    .. curve.Select(p => p with
                    {
                        Probability = Rounded(p.Probability), Lower = Rounded(p.Lower), Upper = Rounded(p.Upper),
                    }),
                ]),
            ],
        }, results.ModelObstacle);
    }

    // With all its digits an estimate is an equation in the counts that it was made of, and a figure holds the digits that it does not
    // show.
    private static double Rounded(double value) =>
        double.IsFinite(value) ? Math.Round(value, Decimals, MidpointRounding.AwayFromZero) : value;

    private static IEnumerable<string> Withheld(ModelResults models, DisclosurePattern pattern, DisclosurePolicy policy)
    {
        var terms = models.Fits.Interaction.FixedEffects.Select(e => e.Term).ToHashSet(StringComparer.Ordinal);
        foreach (var column in models.Levels.GroupBy(l => l.Column))
        {
            var all = models.Levels.Where(l => l.Column == "age_group").ToArray();
            var (count, of) = (all.Sum(l => l.Rereferred.Count), all.Sum(l => l.Rereferred.Of));
            bool IsSmall(LevelCount l) => !pattern.IsShown(l.Variable, l.Code)
                || !policy.IsSafe(l.Rereferred.Count) || !policy.IsSafe(l.Rereferred.Of - l.Rereferred.Count)
                || !policy.IsSafe(count - l.Rereferred.Count)
                || !policy.IsSafe(of - l.Rereferred.Of - count + l.Rereferred.Count);

            // A factor has a level without a coefficient of its own.
            var reference = column.FirstOrDefault(l => !terms.Contains(l.Term));
            if (reference is not null && IsSmall(reference))
            {
                yield return "(Intercept)";
                foreach (var level in column) yield return level.Term;
            }

            foreach (var level in column.Where(IsSmall)) yield return level.Term;
        }
    }
}
