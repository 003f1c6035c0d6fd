using Caseload.Figures;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The sections of the report that rest on the models.</summary>
internal static class ModelSections
{
    internal static IEnumerable<Section> Of(StudyResults results)
    {
        yield return Model(results);
        yield return Interaction(results);
        yield return Authorities(results);
    }

    private static Section Model(StudyResults results) => new("The multilevel model",
    [
        new Prose("A two-level logistic model, children within authorities, by maximum likelihood (Laplace approximation). "
            + "Each model holds the one before."),
        .. results.Release().ModelObstacle is { } obstacle
            ? [new Prose($"**Not everything could be estimated:** {Prose.Literal(obstacle.Found)}. {Prose.Literal(obstacle.Remedy)}")]
            : Array.Empty<Block>(),
        StudyBlocks.Models(results),
        .. Spread(results),
        new FigureBlock(StudyFigures.OddsRatios(results)),
        StudyBlocks.Coefficients(results),
        .. Marginal(results),
        StudyBlocks.Checks(results),
        .. Checking(results),
    ]);

    private static Block[] Spread(StudyResults results) =>
        results.Release().Inference is { Spreads.Count: > 0 } ? [InferenceBlocks.AreaVariance(results)] : [];

    private static Block[] Marginal(StudyResults results) => results.Release().Inference is not { Marginal: not null } ? [] :
    [
        new Prose("An odds ratio says little about how often something happens, and moves with what else is in the model. "
            + "The same models in percentage points:"),
        InferenceBlocks.MarginalEffects(results),
    ];

    private static Block[] Checking(StudyResults results) =>
        results.Release().Inference is { Checks.Count: > 0 } ? [InferenceBlocks.Checks(results)] : [];

    private static Section Interaction(StudyResults results) => new("CIN per social worker and the referral rate",
        !StudyFigures.HasInteraction(results)
        ? [new Prose("The area figures do not vary enough to estimate the interaction.")]
        :
        [
            new Prose("The report found one area effect that \"can be safely judged as significant\": "
                + "re-referral rises with the referral rate the more, the more children in need there are per social worker. "
                + "A main effect beside an interaction is the slope at the point of centring, and no more."),
            new FigureBlock(StudyFigures.Interaction(results)),
            StudyBlocks.Slopes(results),
            .. results.Release().AreaTerms.Count == 0 ? Array.Empty<Block>() : [InferenceBlocks.Estimators(results)],
        ]);

    private static Section Authorities(StudyResults results) => new("Authorities above and below expectation",
        results.Release().RequireModels().Fits.Interaction.Singular
        ? [new Prose(AuthorityWords.NoSpread)]
        : results.Release().Residuals.Count == 0
        ? [new Prose("No authority has enough children to be named.")]
        :
        [
            new FigureBlock(StudyFigures.Caterpillar(results)) { Columns = [Decimals("Effect"), Decimals("Lower"), Decimals("Upper")] },
            .. StudyFigures.HasFunnel(results)
                ? [new FigureBlock(StudyFigures.Funnel(results)) { Columns = [Decimals("Ratio")] }] : Array.Empty<Block>(),
            AuthorityBlocks.Named(results),
        ]);

    private static TableColumn Decimals(string name) => new(name) { Format = NumberFormat.Fixed(3) };
}
