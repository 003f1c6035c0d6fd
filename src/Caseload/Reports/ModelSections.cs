using System.Globalization;
using Caseload.Figures;
using Caseload.Frames;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The sections of the report that rest on the models.</summary>
internal static class ModelSections
{
    internal static IEnumerable<Section> Of(StudyResults results)
    {
        var models = results.Models!;
        yield return Model(results, models);
        yield return Interaction(results, models);
        yield return Authorities(results);
    }

    private static Section Model(StudyResults results, ModelResults models) => new("The multilevel model",
    [
        new Prose("A two-level logistic model, children within authorities, by maximum likelihood (Laplace approximation). Each model holds the one before."),
        new TableBlock(StudyTables.Models(models.Fits), "From the null model to the interaction")
        {
            Columns =
            [
                new TableColumn("model") { Heading = "Model" }, new TableColumn("parameters") { Heading = "Par.", Format = NumberFormat.Count },
                new TableColumn("log_likelihood") { Heading = "Log-lik.", Format = NumberFormat.Fixed(1) }, new TableColumn("aic") { Heading = "AIC", Format = NumberFormat.Fixed(1) },
                new TableColumn("area_sd") { Heading = "Area SD", Format = NumberFormat.Fixed(3) }, new TableColumn("area_variance") { Heading = "Variance", Format = NumberFormat.Fixed(4) },
                new TableColumn("vpc") { Heading = "VPC", Format = NumberFormat.Percent(2) }, new TableColumn("median_odds_ratio") { Heading = "MOR", Format = NumberFormat.Fixed(2) },
                new TableColumn("chi_square") { Heading = "Chi-sq.", Format = NumberFormat.Fixed(1) }, new TableColumn("df") { Heading = "df", Format = NumberFormat.Plain },
                new TableColumn("p") { Heading = "p", Format = NumberFormat.PValue },
            ],
            Notes =
            [
                "Par.: parameters. VPC: variance partition coefficient on the latent scale. MOR: median odds ratio. Chi-sq.: likelihood ratio against the model before.",
                "Odds ratios of models with different covariates are not compared: their scale moves with the variance that is explained.",
                .. models.Fits.AreaTerms.Rows.Count < 2 ? Array.Empty<string>() : [Joint(models)],
            ],
        },
        new FigureBlock(StudyFigures.OddsRatios(results)),
        new TableBlock(StudyTables.Coefficients(models.Fits.Interaction), "Coefficients of the interaction model")
        {
            Columns =
            [
                new TableColumn("variable") { IsSection = true }, new TableColumn("label") { Heading = "Comparison" }, new TableColumn("term") { Heading = "Term" },
                new TableColumn("estimate") { Heading = "Log-odds", Format = NumberFormat.Fixed(3) }, new TableColumn("standard_error") { Heading = "SE", Format = NumberFormat.Fixed(3) },
                new TableColumn("odds_ratio") { Heading = "Odds ratio", Format = NumberFormat.Fixed(2) }, new TableColumn("lower") { Heading = "from", Format = NumberFormat.Fixed(2) },
                new TableColumn("upper") { Heading = "to", Format = NumberFormat.Fixed(2) }, new TableColumn("p") { Heading = "p", Format = NumberFormat.PValue },
            ],
            Notes = ["From and to: 95% Wald interval of the odds ratio.", .. models.Fits.Interaction.Warnings.Select(w => w.Message)],
        },
    ]);

    private static Section Interaction(StudyResults results, ModelResults models) => new("CIN per social worker and the referral rate",
        !StudyFigures.HasInteraction(results)
        ? [new Prose("The area figures do not vary enough to estimate the interaction.")]
        :
        [
            new Prose("The report found one area effect that \"can be safely judged as significant\": re-referral rises with the referral rate the more, the more children in need there are per social worker. "
                + "A main effect beside an interaction is a slope at the point of centring, and its test means nothing alone."),
            new FigureBlock(StudyFigures.Interaction(results)),
            new TableBlock(StudyTables.Slopes(models), "What 250 more referrals per 10,000 do to the odds of re-referral")
            {
                Columns =
                [
                    new TableColumn("cin_per_social_worker") { Heading = "At CIN per social worker", Format = NumberFormat.Plain },
                    new TableColumn("log_odds_per_250_referrals") { Heading = "Log-odds", Format = NumberFormat.Fixed(3) },
                    new TableColumn("standard_error") { Heading = "SE", Format = NumberFormat.Fixed(3) }, new TableColumn("odds_ratio") { Heading = "Odds ratio", Format = NumberFormat.Fixed(2) },
                    new TableColumn("lower") { Heading = "from", Format = NumberFormat.Fixed(2) }, new TableColumn("upper") { Heading = "to", Format = NumberFormat.Fixed(2) },
                ],
                Notes = [Boundaries(models)],
            },
        ]);

    private static Section Authorities(StudyResults results) => new("Authorities above and below expectation",
        StudyTables.NamedResiduals(results).Count == 0
        ? [new Prose("No authority has enough children to be named.")]
        :
        [
            new FigureBlock(StudyFigures.Caterpillar(results))
            {
                Columns = [new TableColumn("Effect") { Format = NumberFormat.Fixed(3) }, new TableColumn("Lower") { Format = NumberFormat.Fixed(3) }, new TableColumn("Upper") { Format = NumberFormat.Fixed(3) }],
            },
        ]);

    private static string Joint(ModelResults models)
    {
        var test = models.Fits.AreaTerms.Rows[^1];
        return string.Create(CultureInfo.InvariantCulture,
            $"The three area terms together: chi-square {test.ChiSquare:0.0} on {test.DegreesOfFreedom} degrees of freedom, p {(test.P < 0.001 ? "" : "= ")}{NumberText.PValue(test.P)}.");
    }

    private static string Boundaries(ModelResults models) => models.SlopeBoundaries.Count == 0
        ? "The 95% interval of the slope has no boundary: it is told from 0 at every number of CIN per social worker, or at none."
        : "An end of the slope's 95% interval is 0 at " + string.Join(" and ", models.SlopeBoundaries.Select(b => b.ToString("0.0", CultureInfo.InvariantCulture)))
            + $" CIN per social worker; the authorities lie between {models.AreaCins.Min().ToString("0.0", CultureInfo.InvariantCulture)} and {models.AreaCins.Max().ToString("0.0", CultureInfo.InvariantCulture)}.";
}
