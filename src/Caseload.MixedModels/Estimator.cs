namespace Caseload.MixedModels;

/// <summary>
/// What the parameters of a model are made to satisfy. All but the first are quasi-likelihood estimators, for the sensitivity of estimates
/// to the estimator: they have no likelihood, and with small groups variances that are too small. docs/method.md derives them.
/// </summary>
public enum Estimator
{
    /// <summary>Maximum likelihood, the integrals over the random effects approximated where they have to be.</summary>
    Ml,

    /// <summary>Marginal quasi-likelihood of the first order (Goldstein 1991): the mean is linearised where the random effects are
    /// 0.</summary>
    Mql1,

    /// <summary>Penalised quasi-likelihood of the first order (Breslow and Clayton 1993): it is linearised at their predictions.</summary>
    Pql1,

    /// <summary>Penalised quasi-likelihood of the second order (Goldstein and Rasbash 1996): the mean of the next term is taken
    /// along.</summary>
    Pql2,
}
