namespace Caseload.MixedModels;

/// <summary>
/// How the variance of a count about its mean m is carried to the scale of the logarithm (Nakagawa, Johnson and Schielzeth 2017). With
/// r = 1/m, of the negative binomial family 1/m + 1/d:
/// </summary>
public enum CountVariance
{
    /// <summary>log(1 + r): the variance of the logarithm of a lognormal number of that mean and variance.</summary>
    Lognormal,

    /// <summary>The trigamma function of 1/r: the variance of the logarithm of a gamma number of that mean and variance.</summary>
    Trigamma,

    /// <summary>r: the first order of both.</summary>
    Delta,
}
