using System.Globalization;
using Caseload.Effects;
using Caseload.MixedModels.Fits;
using Caseload.Models;
using Caseload.Results;

namespace Caseload.Findings;

/// <summary>The published findings of the multilevel model. Only directions were published, and never a coefficient.</summary>
internal static class ModelClaims
{
    private const string Direction = "the direction, distinguishable from none at the 95% level";
    private const string NoEstimate = "no estimate";

    internal static IEnumerable<Claim> Of(ModelResults? models)
    {
        var fit = models?.Fits.Interaction;
        foreach (var (id, statement, terms) in Directions) yield return Higher(id, statement, terms, fit);
        yield return Higher(
            "interaction",
            "The effect of the referral rate grows with CIN per social worker "
                + "(the only area effect that \"can be safely judged as significant\")",
            [ModelTerms.Interaction], fit) with
        {
            Reading = "A main effect beside an interaction is a slope at the point of centring; "
                + "the models' table tests the three area terms together.",
        };
        yield return Threshold(models);
        yield return Residuals(models);
    }

    private static readonly (string Id, string Statement, string[] Terms)[] Directions =
    [
        ("higher-younger", "Higher likelihood: younger children", ["age_groupunborn", "age_group0", "age_group1-4", "age_group5-9"]),
        ("higher-female", "Higher likelihood: girls", ["female"]),
        ("higher-disabled", "Higher likelihood: disabled children where disability is not the primary need", ["disabled_other"]),
        ("higher-nfa", "Higher likelihood: first referral ended in no further action", ["nfa"]),
        ("higher-n1", "Higher likelihood: abuse or neglect", ["needN1"]),
        ("higher-n3", "Higher likelihood: parental disability or illness", ["needN3"]),
        ("higher-n4", "Higher likelihood: family in acute stress", ["needN4"]),
        ("higher-n5", "Higher likelihood: family dysfunction", ["needN5"]),
        ("higher-n6", "Higher likelihood: socially unacceptable behaviour", ["needN6"]),
    ];

    private static Claim Higher(string id, string statement, string[] terms, MixedModelFit? fit)
    {
        var effects = fit is null
            ? []
            : terms.Select(t => fit.FixedEffects.FirstOrDefault(e => e.Term == t)).OfType<FixedEffect>()
                .Where(e => double.IsFinite(e.Z)).ToArray();
        if (effects.Length == 0) return new Claim(id, statement, "higher", NoEstimate, Direction, ClaimStatus.NotTestable);
        var text = string.Join("; ", effects.Select(e => string.Create(CultureInfo.InvariantCulture,
            $"{(terms.Length > 1 ? ModelTerms.Describe(e.Term).Label + ": " : "")}"
            + $"OR {e.OddsRatio:0.00} ({e.OddsRatioLower:0.00} to {e.OddsRatioUpper:0.00})")));

        // Of several terms the one furthest from the reference decides, of those that the data have; none may point the other way.
        var status = effects.Any(e => e.Upper < 0) ? ClaimStatus.Differs
            : effects[0].Lower > 0 && effects.All(e => e.Estimate > 0) ? ClaimStatus.Reproduced
            : ClaimStatus.Inconclusive;
        return new Claim(id, statement, "higher", text, Direction, status);
    }

    private static Claim Threshold(ModelResults? models)
    {
        const string Statement = "The likelihood rises quickly with the referral rate where there are more than 10 CIN per social worker";
        var above = models?.Slopes.LastOrDefault(s => s.CinPerSocialWorker > ModelData.CinCentre);
        var at = models?.Slopes.FirstOrDefault(s => s.CinPerSocialWorker == ModelData.CinCentre);
        if (above is null || at is null)
            return new Claim("threshold", Statement, "above 10", NoEstimate, Direction, ClaimStatus.NotTestable);
        var regions = models!.SlopeRegions.Count == 0 ? "nowhere among these authorities" : string.Join(", ", models.SlopeRegions);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"log-odds per 250 referrals: {at.Slope:0.000} at 10, "
            + $"{above.Slope:0.000} ({above.Lower:0.000} to {above.Upper:0.000}) at {above.CinPerSocialWorker:0}; "
            + $"distinguishable from 0: {regions}");
        var beyond = models.Slopes.Where(s => s.CinPerSocialWorker > ModelData.CinCentre).ToArray();
        var status = beyond.All(s => s.Sign > 0) && above.Slope > at.Slope ? ClaimStatus.Reproduced
            : above.Sign < 0 ? ClaimStatus.Differs
            : ClaimStatus.Inconclusive;
        return new Claim(
            "threshold", Statement, "above 10", text,
            "positive and distinguishable from 0 at each number shown above 10, and steeper than at 10", status,
            "\"Quickly\" has no published number. A straight interaction has no threshold: the slope grows evenly.");
    }

    private static Claim Residuals(ModelResults? models)
    {
        const string Statement = "Authorities with more or less re-referral than expected can be identified";
        if (models is null) return new Claim("residuals", Statement, "can be identified", NoEstimate, "", ClaimStatus.NotTestable);
        var (below, above, all) = (Those(models, Expectation.Below), Those(models, Expectation.Above), models.Residuals.Count);
        return new Claim("residuals", Statement, "can be identified",
            string.Create(CultureInfo.InvariantCulture, $"{below} below and {above} above expectation, of {all}"), "",
            ClaimStatus.NotTestable,
            "A use of the model that the report recommends, without a number. Named here: odds beyond "
                + string.Create(CultureInfo.InvariantCulture, $"{AuthorityResidual.Size:0.0} times the average's, with at most ")
                + string.Create(CultureInfo.InvariantCulture, $"{100 * AuthorityResidual.FalseDiscovery:0}% of the names wrong by ")
                + "expectation.");
    }

    private static int Those(ModelResults models, Expectation expectation) => models.Residuals.Count(r => r.Expectation == expectation);
}
