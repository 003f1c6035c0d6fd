using System.Globalization;
using System.Text.Json;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Fits;

/// <summary>What a fit is and says, in words, for models of any structure.</summary>
internal static class FitWords
{
    private const string NoLikelihood = "quasi-likelihood: no log-likelihood, deviance, AIC or BIC; dispersion fixed at 1";

    private static readonly string[] Numbers = ["One", "Two", "Three", "Four", "Five", "Six"];

    /// <summary>What was fitted and how.</summary>
    internal static string Title(MixedModelFit fit) => fit.Groups.Count == 0
        ? $"{Capital(ModelWord(fit))} {(fit.Family == Family.Gaussian ? "model" : "regression")}, {MethodWords(fit)}"
        : $"{StructureWord(fit)} {ModelWord(fit)} model with {EffectWords(fit)}, {MethodWords(fit)}";

    /// <summary>How many rows, in how many groups of what.</summary>
    internal static string Counts(MixedModelFit fit)
    {
        var groups = fit.Groups.Select(g => $"{Counted(g.Count, "group")} of {g.Name}").ToArray();
        return Counted(fit.Observations, "observation") + (groups.Length == 0 ? "" : " in " + Listed(groups))
            + $"; {Counted(fit.Patterns, "distinct pattern")}"
            + (fit.RowsLeftOut == 0 ? "" : $"; {Counted(fit.RowsLeftOut, "row")} left out");
    }

    /// <summary>The log-likelihood and what is made of it.</summary>
    internal static string Likelihood(MixedModelFit fit) => fit.Estimator != Estimator.Ml ? NoLikelihood
        : (fit.Method == FitMethod.Reml ? "restricted " : "")
        + $"log-likelihood {FitTable.Decimals(fit.LogLikelihood, 3)}   deviance {FitTable.Decimals(fit.Deviance, 3)}   "
        + $"AIC {FitTable.Decimals(fit.Aic, 3)}   BIC {FitTable.Decimals(fit.Bic, 3)}";

    /// <summary>What the variances say beyond their numbers, a line each; nothing where they mean no more.</summary>
    internal static IEnumerable<string> Remarks(MixedModelFit fit)
    {
        if (fit.Estimator != Estimator.Ml) yield return "with few observations a group the variances of quasi-likelihood are too small";
        var shares = fit.VarianceShares;
        if (shares.Any(share => double.IsFinite(share.PartitionCoefficient)))
        {
            yield return (shares.Count == 1 ? "variance partition coefficient " : "variance partition coefficients ")
                + Each(shares, share => FitTable.Decimals(share.PartitionCoefficient, 4))
                + (fit.Link == Link.Identity ? "" : " (latent scale)");
        }

        if (shares.Any(share => double.IsFinite(share.MedianOddsRatio)))
        {
            yield return (shares.Count == 1 ? "median odds ratio " : "median odds ratios ")
                + Each(shares, share => FitTable.Decimals(share.MedianOddsRatio, 3));
        }

        if (fit.Family == Family.NegativeBinomial)
        {
            yield return double.IsPositiveInfinity(fit.Dispersion) ? "dispersion without bound: the Poisson family"
                : $"dispersion d {Short(fit.Dispersion)}: a count of mean m has the variance m + m^2/d";
        }

        if (fit.Groups.Count == 0 && fit.ResidualStandardDeviation is { } deviation)
            yield return $"residual standard deviation {Short(deviation)}";
    }

    /// <summary>What the exponential of a coefficient is, or null where it has no meaning.</summary>
    internal static string? Ratio(MixedModelFit fit) => fit.Link switch
    {
        Link.Logit => "odds ratio",
        Link.Log => "rate ratio",
        Link.Cloglog => "hazard ratio",
        _ => null,
    };

    /// <summary>A check that failed, and what it found.</summary>
    internal static string Warning(FitCheck check) =>
        $"Warning ({JsonNamingPolicy.KebabCaseLower.ConvertName(check.Check.ToString()).Replace('-', ' ')}): {check.Message}";

    /// <summary>With a capital at its beginning.</summary>
    internal static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string ModelWord(MixedModelFit fit) => (fit.Family, fit.Link) switch
    {
        (Family.NegativeBinomial, _) => "negative binomial",
        (_, Link.Log) => "Poisson",
        (_, Link.Probit) => "probit",
        (_, Link.Cloglog) => "complementary log-log",
        (_, Link.Identity) => "linear",
        _ => "logistic",
    };

    private static string StructureWord(MixedModelFit fit) => !fit.GroupsNest ? "Cross-classified"
        : fit.Groups.Count < Numbers.Length ? Numbers[fit.Groups.Count] + "-level" : $"{fit.Groups.Count + 1}-level";

    private static string EffectWords(MixedModelFit fit)
    {
        var terms = fit.RandomEffects.SelectMany(effect => effect.Terms).ToArray();
        var intercepts = terms.Contains(DesignColumn.InterceptName);
        return terms.All(term => term == DesignColumn.InterceptName) ? "random intercepts"
            : intercepts ? "random intercepts and slopes" : "random slopes";
    }

    private static string MethodWords(MixedModelFit fit) => fit.Method switch
    {
        FitMethod.Mql => "first-order marginal quasi-likelihood" + RestrictedWords(fit),
        FitMethod.Pql when fit.Estimator == Estimator.Pql2 => "second-order penalised quasi-likelihood" + RestrictedWords(fit),
        FitMethod.Pql => "first-order penalised quasi-likelihood" + RestrictedWords(fit),
        FitMethod.Reml => "restricted maximum likelihood",
        FitMethod.Laplace => "Laplace approximation",
        FitMethod.Agq => "adaptive Gauss-Hermite quadrature of "
            + (fit.RandomEffects.Sum(effect => effect.Terms.Count) == 2 ? $"{fit.QuadraturePoints} by " : "")
            + $"{fit.QuadraturePoints} points",
        _ => "maximum likelihood",
    };

    private static string RestrictedWords(MixedModelFit fit) => fit.IsRestricted ? " (restricted)" : "";

    private static string Each(IReadOnlyList<VarianceShare> shares, Func<VarianceShare, string> value) => shares.Count == 1
        ? value(shares[0]) : string.Join(", ", shares.Select(share => $"{share.Group} {value(share)}"));

    private static string Counted(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string Listed(string[] parts) =>
        parts.Length == 1 ? parts[0] : string.Join(", ", parts[..^1]) + " and " + parts[^1];

    private static string Short(double value) => double.IsNaN(value) ? "-" : value.ToString("G4", CultureInfo.InvariantCulture);
}
