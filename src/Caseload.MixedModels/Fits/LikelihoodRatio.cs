using Caseload.Frames;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Fits;

/// <summary>A model in a comparison, tested against the one before it.</summary>
/// <param name="Name">Its name in the comparison.</param>
/// <param name="Parameters">The number of its parameters.</param>
/// <param name="LogLikelihood">Its log-likelihood.</param>
/// <param name="Aic">Its Akaike information criterion.</param>
/// <param name="ChiSquare">Twice the rise of the log-likelihood over the model before; not-a-number of the first model.</param>
/// <param name="DegreesOfFreedom">How many parameters it has more than the one before; 0 of the first model.</param>
public sealed record LikelihoodRatioRow(string Name, int Parameters, double LogLikelihood, double Aic, double ChiSquare,
    int DegreesOfFreedom)
{
    /// <summary>
    /// The p value. Where one of the added parameters is a variance, 0 lies on the edge of its range and the statistic is distributed as
    /// an even mixture of chi-square with that many degrees of freedom and one fewer (Self and Liang 1987): so too where the variance
    /// brings covariances along. Where several are, an upper bound: see <see cref="PIsBound"/>. Not-a-number of the first model, and where
    /// the likelihood is lower than that of the model before.
    /// </summary>
    public double P { get; init; } = double.NaN;

    /// <summary>The number of variances of random effects among the added parameters.</summary>
    public int AddedVariances { get; init; }

    /// <summary>
    /// Whether <see cref="P"/> is an upper bound of the p value only, from chi-square with all degrees of freedom: where several variances
    /// are added at once. The parametric bootstrap of <c>BootstrapLikelihoodRatio</c> gives the p value.
    /// </summary>
    public bool PIsBound => AddedVariances > 1;

    /// <summary>The deviance: -2 log-likelihood.</summary>
    public double Deviance => -2 * LogLikelihood;
}

/// <summary>Likelihood-ratio tests of models that each contain the one before.</summary>
/// <param name="Rows">One row a model.</param>
[TypeFormatterSource(typeof(FitFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record LikelihoodRatioTable(IReadOnlyList<LikelihoodRatioRow> Rows)
{
    /// <summary>
    /// What a reader must know beside the numbers, one sentence or two each: which p values are those of a mixture, which are bounds and
    /// what gives the p value instead; and that the coefficients of the models are not to be compared where their scale moves with the
    /// variance that a model explains.
    /// </summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The comparison as a table in plain text.</summary>
    public override string ToString() => FitText.Table(this);
}

/// <summary>Compares nested fits of the same data.</summary>
public static class LikelihoodRatio
{
    // Of a log-likelihood: what the optimiser may leave of two equal ones.
    private const double Rounding = 1e-5;

    /// <summary>Tests each model against the one before it.</summary>
    /// <param name="models">The fits with their names, the smallest first; at least two.</param>
    /// <exception cref="ProblemException">
    /// A fit lacks an estimate or a likelihood; the fits rest on different rows, responses, weights or offsets, or on different
    /// approximations to the likelihood; or one does not contain the one before.
    /// </exception>
    public static LikelihoodRatioTable Compare(params IReadOnlyList<(string Name, MixedModelFit Fit)> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count < 2)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, models.Count == 0 ? "no model" : "one model", "two or more", "",
                "Give the models from the smallest to the largest."));
        foreach (var (_, fit) in models) fit.Require().RequireLikelihood();
        List<LikelihoodRatioRow> rows =
            [new(models[0].Name, models[0].Fit.Parameters, models[0].Fit.LogLikelihood, models[0].Fit.Aic, double.NaN, 0)];
        var remarks = new List<string>();
        for (var i = 1; i < models.Count; i++)
        {
            var (row, said) = Test(models[i - 1], models[i]);
            rows.Add(row);
            remarks.AddRange(said);
        }

        return new LikelihoodRatioTable(rows) { Remarks = [.. remarks.Distinct(), .. Scale(models[0].Fit.Link)] };
    }

    private static (LikelihoodRatioRow Row, IEnumerable<string> Said) Test((string Name, MixedModelFit Fit) small,
        (string Name, MixedModelFit Fit) large)
    {
        var added = NestedModels.Require(small.Fit, large.Fit, $"{small.Name} against {large.Name}");
        var rise = large.Fit.LogLikelihood - small.Fit.LogLikelihood;
        var fell = rise < -Rounding * (1 + 1e-6 * Math.Abs(small.Fit.LogLikelihood));
        var statistic = fell ? 2 * rise : Math.Max(0, 2 * rise);
        return (new LikelihoodRatioRow(large.Name, large.Fit.Parameters, large.Fit.LogLikelihood, large.Fit.Aic, statistic, added.Count)
        {
            P = fell ? double.NaN : added.Variances == 1 ? ChiSquare.MixtureTail(statistic, added.Count)
                : ChiSquare.Tail(statistic, added.Count),
            AddedVariances = added.Variances,
        }, Said());

        IEnumerable<string> Said()
        {
            var call = $"where large is the fit of \"{large.Name}\" and small that of \"{small.Name}\".";
            if (fell)
                yield return $"\"{large.Name}\" contains \"{small.Name}\" and yet has a lower likelihood: one of the two searches ended "
                    + "at a maximum that is not the highest. Look at the checks of both fits.";
            else if (added.Variances > 1)
                yield return $"The p value of \"{large.Name}\" is an upper bound: it adds {added.Variances} variances at once, whose null "
                    + "distribution is no known mixture. The parametric bootstrap gives the p value: "
                    + "large.BootstrapLikelihoodRatio(small), " + call;
            else if (small.Fit.Singular && added.Variances + added.Covariances > 0)
                yield return $"The test of \"{large.Name}\" takes \"{small.Name}\" to have variances above 0 and correlations between -1 "
                    + "and 1, but that fit is singular. Drop from both models what does not vary, or take the parametric bootstrap: "
                    + "large.BootstrapLikelihoodRatio(small, new() { AllowSingular = true }), " + call;
            if (!fell && added.Variances == 1)
                yield return "Where df is two numbers, the p value is that of an even mixture of chi-square with these degrees of freedom, "
                    + "as a variance cannot be below 0 (Self and Liang 1987; Stram and Lee 1994).";
        }
    }

    // With the links of binary outcomes the variance of an observation is fixed, so that coefficients grow as a model explains more.
    private static string[] Scale(Link link) => link is not (Link.Logit or Link.Probit or Link.Cloglog) ? []
        : ["Between these models compare average marginal effects (MarginalEffectComparison.Of), not coefficients or odds ratios: their "
            + "scale moves with the variance that a model explains."];
}
