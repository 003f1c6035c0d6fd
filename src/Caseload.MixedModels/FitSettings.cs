using System.Text.Json;
using Caseload.Frames;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels;

/// <summary>How a model is to be fitted. Every setting has a default; a fit never changes it.</summary>
public sealed record FitSettings
{
    // A grid of points for each of three effects or more takes longer than anybody waits for.
    internal const int MostQuadratureEffects = 2;

    private readonly Link? link;

    /// <summary>The distribution of the response. Default: binomial.</summary>
    public Family Family { get; init; } = Family.Binomial;

    /// <summary>
    /// The link: logit, probit or cloglog with the binomial family, log with counts, identity with the Gaussian family. Default: the first
    /// of these, which is the canonical one but for the negative binomial family.
    /// </summary>
    public Link Link
    {
        get => link ?? LinksOf(Family)[0];
        init => link = value;
    }

    /// <summary>
    /// Points of adaptive Gauss-Hermite quadrature for each random effect, from 1 to 101. Default: 1, which is the Laplace approximation.
    /// Above 1 the formula must have one grouping with one or two effects, and the family must not be Gaussian, whose likelihood is exact.
    /// </summary>
    public int QuadraturePoints { get; init; } = 1;

    /// <summary>
    /// The estimator. Default: maximum likelihood. The others are for binomial and Poisson models with random effects, of one quadrature
    /// point.
    /// </summary>
    public Estimator Estimator { get; init; } = Estimator.Ml;

    /// <summary>
    /// Whether to maximise the restricted likelihood, of the Gaussian family; by quasi-likelihood that of the working linear model
    /// (restricted iterative generalised least squares). Default: false.
    /// </summary>
    public bool Reml { get; init; }

    /// <summary>
    /// The column of prior weights, as in R's <c>glm</c> and <c>lmer</c>: of a response that is a proportion, its number of trials; of a
    /// count, how often its log-likelihood counts; of a number, what divides the residual variance. Default: none.
    /// It does not go with <c>cbind(successes, failures)</c>, which holds the trials itself.
    /// </summary>
    public string? Weights { get; init; }

    /// <summary>
    /// The column of frequencies: how many equal rows a row stands for, a whole number from 0. The fit is the one of the rows written out.
    /// Default: none.
    /// </summary>
    public string? Frequencies { get; init; }

    /// <summary>
    /// The column that says how many equal rows of the source a row stands for, where they were counted beforehand, as a GROUP BY does
    /// (<see cref="Databases.ModelCells"/>). Everything is as from the rows themselves: observations, frequencies, and the rows left out
    /// with their missing cells. Default: none.
    /// </summary>
    public string? RowCounts { get; init; }

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
    /// <exception cref="ProblemException">The link or an option does not go with the family, or a setting is out of its range.</exception>
    internal void Require()
    {
        if (!LinksOf(Family).Contains(Link))
            throw Wrong($"the {Word(Link)} link with the {Word(Family)} family", string.Join(" or ", LinksOf(Family).Select(Word)), "link");
        if (QuadraturePoints is < 1 or > GaussHermite.MostPoints)
            throw Wrong($"{QuadraturePoints} quadrature points", $"from 1 to {GaussHermite.MostPoints}", "quadrature");
        if (Reml && Family != Family.Gaussian && Estimator == Estimator.Ml)
            throw Wrong($"restricted maximum likelihood with the {Word(Family)} family", "the gaussian family or quasi-likelihood", "reml");
        if (Estimator != Estimator.Ml && Family is not (Family.Binomial or Family.Poisson))
            throw Wrong($"quasi-likelihood with the {Word(Family)} family", "the binomial or poisson family", "estimator");
        if (Estimator != Estimator.Ml && QuadraturePoints > 1)
            throw Wrong($"{QuadraturePoints} quadrature points with quasi-likelihood, which has no integral", "no quadrature points",
                "quadrature");
        if (MaxIterations < 1) throw Wrong($"{MaxIterations} iterations", "1 or more", "iterations");
        if (!(StepTolerance > 0)) throw Wrong("a step tolerance that is not above 0", "a small positive number", "step tolerance");
    }

    /// <summary>Stops where a setting does not apply to a model.</summary>
    /// <exception cref="ProblemException">Quadrature or quasi-likelihood is asked for where it does not apply.</exception>
    internal void RequireFor(ModelFrame frame)
    {
        if (Estimator != Estimator.Ml && frame.Groupings.Count == 0)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, "quasi-likelihood for a model without a random term",
                "a random term such as (1 | group)", frame.Formula.Text, "Add a random term, or fit by maximum likelihood."));
        if (QuadraturePoints == 1) return;
        if (frame.Groupings.Count == 0)
            throw NoQuadrature(frame, "for a model without a random term, which has no integral to approximate",
                "a random term such as (1 | group)", "Add a random term, or leave the quadrature points out.");
        if (Family == Family.Gaussian)
            throw NoQuadrature(frame, "for a Gaussian model, whose likelihood is exact", "no quadrature points",
                "Leave the quadrature points out.");
        if (frame.Groupings.Count > 1)
            throw NoQuadrature(frame, "for nested or crossed groupings, whose integral does not fall apart into one for each group",
                "one grouping", "Leave the quadrature points out: the Laplace approximation takes any structure.");
        if (frame.Groupings[0].Effects > MostQuadratureEffects)
            throw NoQuadrature(frame, $"for {frame.Groupings[0].Effects} random effects of each group, a grid of so many dimensions",
                $"at most {MostQuadratureEffects} effects, such as an intercept and a slope",
                "Leave the quadrature points out, or drop random effects.");
    }

    // The canonical link of each family stands first; the log link stands in for that of the negative binomial family.
    private static Link[] LinksOf(Family family) => family switch
    {
        Family.Binomial => [Link.Logit, Link.Probit, Link.Cloglog],
        Family.Gaussian => [Link.Identity],
        _ => [Link.Log],
    };

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private ProblemException NoQuadrature(ModelFrame frame, string why, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, $"{QuadraturePoints} quadrature points {why}", expected, frame.Formula.Text, remedy));

    private static ProblemException Wrong(string found, string expected, string where) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, where, "Change the setting."));
}
