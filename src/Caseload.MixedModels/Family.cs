namespace Caseload.MixedModels;

/// <summary>The distribution of the response given the random effects.</summary>
public enum Family
{
    /// <summary>Successes out of trials; a 0/1 outcome is one trial.</summary>
    Binomial,

    /// <summary>Counts whose variance is their mean.</summary>
    Poisson,

    /// <summary>Counts whose variance exceeds their mean.</summary>
    NegativeBinomial,

    /// <summary>Numbers with normal errors.</summary>
    Gaussian,
}

/// <summary>The function of the mean that is linear in the covariates.</summary>
public enum Link
{
    /// <summary>The logarithm of the odds.</summary>
    Logit,

    /// <summary>The quantile of the standard normal distribution.</summary>
    Probit,

    /// <summary>The complementary log-log function.</summary>
    Cloglog,

    /// <summary>The logarithm.</summary>
    Log,

    /// <summary>The mean itself.</summary>
    Identity,
}

/// <summary>How a model was estimated.</summary>
public enum FitMethod
{
    /// <summary>Maximum likelihood of a generalised linear model without random effects.</summary>
    Glm,

    /// <summary>Maximum likelihood of a linear model without random effects: least squares.</summary>
    Lm,

    /// <summary>Maximum likelihood of a linear mixed model.</summary>
    Ml,

    /// <summary>Maximum of the restricted likelihood of a linear model, with random effects or without.</summary>
    Reml,

    /// <summary>Maximum of the Laplace approximation of the likelihood.</summary>
    Laplace,

    /// <summary>Maximum of the likelihood by adaptive Gauss-Hermite quadrature of two points or more.</summary>
    Agq,

    /// <summary>Marginal quasi-likelihood, which has no likelihood.</summary>
    Mql,

    /// <summary>Penalised quasi-likelihood, which has no likelihood.</summary>
    Pql,
}
