using Caseload.Frames;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels;

/// <summary>How a model is to be fitted. Every setting has a default; a fit never changes it.</summary>
public sealed record FitSettings
{
    private readonly Link? link;

    /// <summary>The distribution of the response: binomial or Poisson so far. Default: binomial.</summary>
    public Family Family { get; init; } = Family.Binomial;

    /// <summary>
    /// The link: logit, probit or cloglog with the binomial family, log with the Poisson family. Default: the family's canonical link,
    /// logit or log.
    /// </summary>
    public Link Link
    {
        get => link ?? (Family == Family.Poisson ? Link.Log : Link.Logit);
        init => link = value;
    }

    /// <summary>
    /// Points of adaptive Gauss-Hermite quadrature for each random effect, from 1 to 101. Default: 1, which is the Laplace approximation.
    /// Above 1 the formula must have a random term.
    /// </summary>
    public int QuadraturePoints { get; init; } = 1;

    /// <summary>Whether to maximise the restricted likelihood. Default: false; it belongs to the Gaussian family, which is not built
    /// yet.</summary>
    public bool Reml { get; init; }

    /// <summary>
    /// The column of prior weights, as in R's <c>glm</c>: of a response that is a proportion, its number of trials; of a count, how often
    /// its log-likelihood counts. Default: none.
    /// It does not go with <c>cbind(successes, failures)</c>, which holds the trials itself.
    /// </summary>
    public string? Weights { get; init; }

    /// <summary>Columns of numbers that are to be factors. Default: none; text and flags are factors anyway.</summary>
    public IReadOnlyList<string> Factors { get; init; } = [];

    /// <summary>The reference level of factors, by column. Default: each factor's first level in sorted order.</summary>
    public IReadOnlyDictionary<string, string> References { get; init; } = new Dictionary<string, string>();

    /// <summary>The most steps of the optimiser, from 1. Default: 100; five to ten is usual.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>
    /// How short the next Newton step must be for the optimiser to stop, in standard errors. Default: 1e-4. That step is then taken, and as
    /// steps shorten quadratically the estimates are about the square of it away from the maximum; the check of the gradient holds them
    /// to 1e-5 whatever this setting.
    /// </summary>
    public double StepTolerance { get; init; } = 1e-4;

    /// <summary>Stops where something is asked for that cannot be done.</summary>
    /// <exception cref="ProblemException">A family, link or option is not built yet, or a setting is out of its range.</exception>
    internal void Require()
    {
        if (Family is not (Family.Binomial or Family.Poisson))
            throw NotBuilt($"the {Family} family", "the binomial or the poisson family", "family");
        if (Family == Family.Binomial && Link is not (Link.Logit or Link.Probit or Link.Cloglog))
            throw Wrong($"the {Link.ToString().ToLowerInvariant()} link with the binomial family", "logit, probit or cloglog", "link");
        if (Family == Family.Poisson && Link != Link.Log)
            throw Wrong($"the {Link.ToString().ToLowerInvariant()} link with the poisson family", "log", "link");
        if (QuadraturePoints is < 1 or > GaussHermite.MostPoints)
            throw Wrong($"{QuadraturePoints} quadrature points", $"from 1 to {GaussHermite.MostPoints}", "quadrature");
        if (Reml) throw Wrong($"restricted maximum likelihood for a {Family.ToString().ToLowerInvariant()} model",
            "the Gaussian family, which is not built yet", "reml");
        if (MaxIterations < 1) throw Wrong($"{MaxIterations} iterations", "1 or more", "iterations");
        if (!(StepTolerance > 0)) throw Wrong("a step tolerance that is not above 0", "a small positive number", "step tolerance");
    }

    /// <summary>Stops where a setting does not apply to a model.</summary>
    /// <exception cref="ProblemException">Quadrature is asked for where there is no random effect to integrate over.</exception>
    internal void RequireFor(ModelFormula formula)
    {
        if (QuadraturePoints > 1 && formula.Random is null)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage,
                $"{QuadraturePoints} quadrature points for a model without a random term, which has no integral to approximate",
                "a random intercept such as (1 | group)", formula.Text, "Add a random term, or leave the quadrature points out."));
    }

    private static ProblemException NotBuilt(string found, string expected, string where) =>
        new(new Problem(ProblemKind.WrongUsage, found + ", which is not built yet", expected, where, "Leave the option out."));

    private static ProblemException Wrong(string found, string expected, string where) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, where, "Change the setting."));
}
