using System.Globalization;
using Caseload.Effects;
using Caseload.Figures;
using Caseload.Frames;
using Caseload.Models;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>What the models say beyond their estimates, set for reading.</summary>
public static class InferenceBlocks
{
    private static readonly NumberFormat Points = NumberFormat.Fixed(1);

    /// <summary>What lies between authorities, in the model without covariates and in that of the report.</summary>
    /// <param name="results">The results of a run, with inference.</param>
    public static TableBlock AreaVariance(StudyResults results)
    {
        var spreads = InferenceTables.Require(results).Spreads;
        if (spreads.Count == 0)
            throw new ProblemException(new Problem(ProblemKind.NoEstimate, "no model with a variance between authorities",
                "one that converged", "", "See the checks of the model."));
        AreaSpread[] shown = [.. spreads.Where((_, i) => i == 0 || i == spreads.Count - 1)];
        var (four, three, two, percent) = (NumberFormat.Fixed(4), NumberFormat.Fixed(3), NumberFormat.Fixed(2), NumberFormat.Percent(2));
        (string Quantity, Func<AreaSpread, string> Cell)[] rows =
        [
            ("Variance (log-odds squared)", s => Written(s.Variance, four)),
            ("Standard deviation (log-odds)", s => Written(s.Deviation, three)),
            ("Share of the variance (VPC, ICC), latent scale", s => Written(s.Partition, percent)),
            ("The same on the scale of the outcome", s => percent.Write(s.ResponseShare)),
            ("Median odds ratio", s => Written(s.MedianOddsRatio, two)),
            ("Chi-square of the variance", s => double.IsNaN(s.ChiSquare) ? NumberText.Missing
                : $"{Points.Write(s.ChiSquare)}, p {Probability(s.P)}"),
        ];
        var table = new Frame(
        [
            TextColumn.Of("quantity", rows.Select(r => r.Quantity)),
            .. shown.Select(s => TextColumn.Of(s.Model, rows.Select(r => r.Cell(s)))),
        ]);
        return StudyBlocks.Block(results, table, "What lies between authorities") with
        {
            Columns =
            [
                new TableColumn("quantity") { Heading = "Between authorities" },
                .. shown.Select(s => new TableColumn(s.Model) { Heading = s.Model + " model", IsNumeric = true }),
            ],
            Notes =
            [
                "In brackets: 95% profile-likelihood intervals.",
                "Latent scale: a child's own variance is that of the logistic distribution, pi squared over 3, "
                    + $"{two.Write(shown[^1].ChildVariance)} (Goldstein, Browne and Rasbash 2002). Scale of the outcome: the correlation "
                    + "of two children of one authority, at the mean of the linear predictor.",
                "Median odds ratio: the odds in the higher over those in the lower of two authorities drawn at random, in the median "
                    + "(Larsen and Merlo 2005).",
                "Chi-square: likelihood ratio against the same model without differences between authorities. A variance cannot lie below "
                    + "0, so p is that of chi-square with 0 and with 1 degree of freedom in equal parts, 50:50 (Self and Liang 1987).",
            ],
        };
    }

    /// <summary>Average marginal effects of the models side by side.</summary>
    /// <param name="results">The results of a run, with inference.</param>
    public static TableBlock MarginalEffects(StudyResults results)
    {
        var marginal = InferenceTables.Require(results).Marginal ?? new MarginalTable([], []);
        var effects = marginal.Rows.ToDictionary(row => row.Term, row => row.Effects, StringComparer.Ordinal);
        var rows = ModelTerms.Rows(results.Release().RequireModels().Fits.Interaction)
            .Where(row => row.Effect is null || effects.ContainsKey(row.Effect.Term)).ToArray();
        string Cell(ModelRow row, int model) => row.Effect is null ? "reference" : effects[row.Effect.Term][model] is not { } effect
            ? NumberText.Missing : Written(new Limits(100 * effect.Effect, 100 * effect.Lower, 100 * effect.Upper), Points);
        var table = new Frame(
        [
            TextColumn.Of("variable", rows.Select(r => r.Words.Section)), TextColumn.Of("label", rows.Select(r => r.Words.Label)),
            .. marginal.Models.Select((name, model) => TextColumn.Of(name, rows.Select(row => Cell(row, model)))),
        ]);
        return StudyBlocks.Block(results, table, "Average marginal effects of the models, in percentage points of re-referral") with
        {
            Columns =
            [
                new TableColumn("variable") { IsSection = true }, new TableColumn("label") { Heading = "Comparison" },
                .. marginal.Models.Select(name => new TableColumn(name) { Heading = name, IsNumeric = true }),
            ],
            Notes =
            [
                "By how much the probability of re-referral changes with the term, all else as it is, on average over the modelled "
                    + "children "
                    + "and over the differences between authorities; 95% intervals by the delta method. Of the area figures the slope for "
                    + "one unit, at the authorities' own figures.",
                ScaleMoves,
            ],
        };
    }

    /// <summary>The interaction by other estimators and with other measures of its uncertainty.</summary>
    /// <param name="results">The results of a run, with sensitivity.</param>
    public static TableBlock Estimators(StudyResults results)
    {
        var rows = Variants(results).Where(v => v.Term == ModelTerms.Interaction).ToArray();
        return Variants(results, rows, "changes", "The interaction by other estimators and other measures of its uncertainty") with
        {
            Notes =
            [
                "The study's software and estimator were never published, so none of these is known to be the study's. "
                    + "Quasi-likelihood (MQL, PQL) has no likelihood, hence no AIC; of first order it draws the variance between "
                    + "authorities towards 0.",
                TestsNote,
            ],
        };
    }

    /// <summary>The area-level terms: Wald's z beside the cluster-robust t and the t of two stages.</summary>
    /// <param name="results">The results of a run, with sensitivity.</param>
    public static TableBlock AreaTests(StudyResults results)
    {
        var rows = Variants(results).Where(v => v.Variant == AreaTermVariant.Main || v.Kind == VariantKind.Uncertainty).ToArray();
        return Variants(results, rows, "label", "Area-level terms: Wald's z beside tests for few authorities") with
        {
            Notes =
            [
                TestsNote,
                "Beside the interaction the terms of the two area figures are slopes at 10 CIN per social worker and 550 referrals per "
                    + "10,000.",
            ],
        };
    }

    /// <summary>Calibration, discrimination and simulated residuals of the interaction model.</summary>
    /// <param name="results">The results of a run, with inference.</param>
    public static TableBlock Checks(StudyResults results) =>
        StudyBlocks.Block(results, InferenceTables.Checks(results), "How well the interaction model describes its children") with
        {
            Columns =
            [
                new TableColumn("measure") { Heading = "Measure" }, Fixed("value", "Value"), Fixed("lower", "from"), Fixed("upper", "to"),
                Fixed("expected_where_right", "Where right"), new TableColumn("p") { Heading = "p", Format = NumberFormat.PValue },
            ],
            Notes =
            [
                "Of the children that the model was fitted to; on others it would do worse. From and to: 95%, children taken as "
                    + "independent. "
                    + "A slope above 1 says that fitted probabilities lie too near each other, as effects drawn towards 0 make them. "
                    + "The area under the curve is the chance that of two children, one re-referred and one not, the first has the higher "
                    + "probability: 0.5 is guessing.",
                $"The last three hold residuals against {ModelCheck.Simulations} data sets that are simulated from the model and fitted again, "
                    + "seed 1 (the idea of DHARMa, Hartig 2024): their distribution, the authority furthest from the others, and what is "
                    + "left along the fixed part. Single yes-or-no outcomes say little one by one; the furthest authority is the test that "
                    + "can fail.",
            ],
        };

    internal const string ScaleMoves =
        "Odds ratios of nested models are not set side by side: their scale moves with the variance that a model explains, even where the "
        + "effect on the outcome stays (Mood 2010).";

    private const string TestsNote =
        "Cluster-robust: right whatever the covariance within an authority, t with Satterthwaite's degrees of freedom (Bell and McCaffrey "
        + "2002). Two stages: an effect of each authority, then their regression on the area figures, t with as many degrees of freedom as "
        + "authorities less coefficients; an authority far from the others weighs less there. Kenward and Roger's correction does not "
        + "exist for such models.";

    private static TableBlock Variants(StudyResults results, AreaTermVariant[] rows, string section, string caption) =>
        StudyBlocks.Block(results, InferenceTables.AreaTerms(rows)
            .Select(section, "variant", "estimate", "standard_error", "lower", "upper", "degrees_of_freedom", "p", "area_sd"), caption) with
        {
            Columns =
            [
                new TableColumn(section) { IsSection = true }, new TableColumn("variant") { Heading = "Analysis" },
                Fixed("estimate", "Log-odds"), Fixed("standard_error", "SE"), Fixed("lower", "from"), Fixed("upper", "to"),
                new TableColumn("degrees_of_freedom") { Heading = "df", Format = NumberFormat.Fixed(0) },
                new TableColumn("p") { Heading = "p", Format = NumberFormat.PValue }, Fixed("area_sd", "Area SD"),
            ],
        };

    private static IReadOnlyList<AreaTermVariant> Variants(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var release = results.Release();
        release.RequireModels();
        return release.AreaTerms.Count > 0 ? release.AreaTerms : throw new ProblemException(new Problem(ProblemKind.WrongUsage,
            "results without variants of the area-level terms", "results with them", "",
            "Call AddSensitivity(data.Cohort) on them first; a model without area-level terms has none."));
    }

    private static TableColumn Fixed(string name, string heading) => new(name) { Heading = heading, Format = NumberFormat.Fixed(3) };

    private static string Written(Limits limits, NumberFormat format) => !double.IsFinite(limits.Estimate) ? NumberText.Missing
        : string.Create(CultureInfo.InvariantCulture,
            $"{format.Write(limits.Estimate)} ({format.Write(limits.Lower)} to {format.Write(limits.Upper)})");

    private static string Probability(double p) => (p < 0.001 ? "" : "= ") + NumberText.PValue(p);
}
