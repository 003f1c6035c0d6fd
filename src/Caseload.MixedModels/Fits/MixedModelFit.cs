using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Fits;

/// <summary>A fitted model. What could not be estimated is not-a-number, and <see cref="Obstacle"/> says why.</summary>
[TypeFormatterSource(typeof(FitFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record MixedModelFit
{
    /// <summary>The formula as it was written.</summary>
    public required string Formula { get; init; }

    /// <summary>The distribution of the response.</summary>
    public required Family Family { get; init; }

    /// <summary>The link.</summary>
    public required Link Link { get; init; }

    /// <summary>How the model was estimated.</summary>
    public required FitMethod Method { get; init; }

    /// <summary>The estimator: maximum likelihood, or a quasi-likelihood, which leaves no likelihood.</summary>
    public Estimator Estimator { get; init; } = Estimator.Ml;

    /// <summary>Whether the variances maximise a restricted likelihood: that of the data, or by quasi-likelihood of the working linear
    /// model.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>The number of quadrature points for each random effect, 1 for Laplace; null without random effects.</summary>
    public int? QuadraturePoints { get; init; }

    /// <summary>The number of rows used.</summary>
    public required int Observations { get; init; }

    /// <summary>The number of rows left out because a cell of the model is missing or they hold no trial or have a weight of 0.</summary>
    public required int RowsLeftOut { get; init; }

    /// <summary>The number of distinct patterns of covariates within groups.</summary>
    public required int Patterns { get; init; }

    /// <summary>The groupings of the random effects.</summary>
    public IReadOnlyList<GroupCount> Groups { get; init; } = [];

    /// <summary>
    /// Whether the groupings are nested, each group within one group of the next larger grouping, whether the formula says so or the data
    /// have it so: a model of one level more than it has groupings. Otherwise some are crossed.
    /// </summary>
    public bool GroupsNest { get; init; } = true;

    /// <summary>
    /// The log-likelihood with all constants: that of the rows as they were given. Under quasi-complete separation its supremum;
    /// not-a-number where no estimate exists, and of quasi-likelihood, which has none. Of restricted maximum likelihood it is the
    /// restricted one, which rests on the columns as given.
    /// </summary>
    public required double LogLikelihood { get; init; }

    /// <summary>
    /// The number of parameters estimated: fixed effects, variances and covariances, the residual variance and the dispersion of a negative
    /// binomial family included.
    /// </summary>
    public required int Parameters { get; init; }

    /// <summary>-2 log-likelihood.</summary>
    public double Deviance => -2 * LogLikelihood;

    /// <summary>Akaike's information criterion.</summary>
    public double Aic => Deviance + 2 * Parameters;

    /// <summary>Schwarz's information criterion, with the number of rows as the sample size.</summary>
    public double Bic => Deviance + Math.Log(Observations) * Parameters;

    /// <summary>The fixed effects, in the order of the design's columns; aliased columns are not among them.</summary>
    public IReadOnlyList<FixedEffect> FixedEffects { get; init; } = [];

    /// <summary>The covariance matrix of the fixed effects' estimates; not-a-number where one does not exist.</summary>
    public double[,] Covariance { get; init; } = new double[0, 0];

    /// <summary>The random effects, one entry a covariance matrix: a grouping has several where its effects are not correlated.</summary>
    public IReadOnlyList<RandomEffect> RandomEffects { get; init; } = [];

    /// <summary>The predicted random effects, in the sorted order of groups.</summary>
    public IReadOnlyList<ConditionalMode> ConditionalModes { get; init; } = [];

    /// <summary>The standard deviation of the residuals, of the Gaussian family: for a row of weight 1. Null otherwise.</summary>
    public double? ResidualStandardDeviation { get; init; }

    /// <summary>
    /// Of the negative binomial family the dispersion d, where a count of mean m has the variance m + m^2 / d: infinite where the counts
    /// vary no more than the Poisson family has it, and the fit is of that family. Of the binomial and Poisson families, which have no
    /// such parameter, 1; of the Gaussian family the residual variance.
    /// </summary>
    public double Dispersion { get; init; } = 1;

    /// <summary>Whether the optimiser reached a maximum that the checks confirm.</summary>
    public bool Converged { get; init; }

    /// <summary>Whether the random effects do not vary in some direction: a variance of 0, or a correlation of 1 or -1.</summary>
    public bool Singular { get; init; }

    /// <summary>All checks, those passed included.</summary>
    public IReadOnlyList<FitCheck> Checks { get; init; } = [];

    /// <summary>The checks that failed.</summary>
    public IEnumerable<FitCheck> Warnings => Checks.Where(check => check.Outcome == CheckOutcome.Failed);

    /// <summary>The steps of the optimiser.</summary>
    public IReadOnlyList<OptimiserStep> Trace { get; init; } = [];

    /// <summary>Why an estimate does not exist, or null where all do.</summary>
    public Problem? Obstacle { get; init; }

    /// <summary>What it takes to compute the fixed part for other data.</summary>
    public required ModelRecipe Recipe { get; init; }

    /// <summary>What it was made from.</summary>
    internal FittedData? Data { get; init; }

    /// <summary>
    /// Each grouping's share of the variance, where all random effects are intercepts, one a grouping; otherwise empty, as the variance
    /// then depends on the covariates.
    /// </summary>
    public IReadOnlyList<VarianceShare> VarianceShares
    {
        get
        {
            if (RandomEffects.Any(e => e.Terms is not [DesignColumn.InterceptName])) return [];
            var whole = RandomEffects.Sum(effect => effect.Covariance[0][0]) + LatentVariance;
            return [.. RandomEffects.Select(effect => VarianceShare.Of(effect.Group, effect.Covariance[0][0], whole, Link))];
        }
    }

    /// <summary>
    /// The variance partition coefficient of a model whose one random effect is an intercept; otherwise not-a-number. See
    /// <see cref="VarianceShare"/>.
    /// </summary>
    public double VariancePartitionCoefficient => VarianceShares is [var only] ? only.PartitionCoefficient : double.NaN;

    /// <summary>
    /// The median odds ratio of a logistic model whose one random effect is an intercept; otherwise not-a-number. See
    /// <see cref="VarianceShare"/>.
    /// </summary>
    public double MedianOddsRatio => VarianceShares is [var only] ? only.MedianOddsRatio : double.NaN;

    /// <summary>The variance of an observation: that of the standard logistic, normal or extreme value distribution, or of
    /// residuals.</summary>
    internal double LatentVariance => Link switch
    {
        Link.Logit => Math.PI * Math.PI / 3,
        Link.Probit => 1,
        Link.Cloglog => Math.PI * Math.PI / 6,
        Link.Identity => Dispersion,
        _ => double.NaN,
    };

    /// <summary>A fixed effect by its name.</summary>
    /// <param name="term">The coefficient's name.</param>
    /// <exception cref="ProblemException">There is none; the message lists those there are.</exception>
    public FixedEffect this[string term] => FixedEffects.FirstOrDefault(effect => effect.Term == term) ?? throw new ProblemException(
        new Problem(ProblemKind.WrongUsage, $"no coefficient named \"{term}\"",
            "one of " + string.Join(", ", FixedEffects.Select(e => e.Term)), "", "Check the name."));

    /// <summary>The linear predictor and the mean of the response for each row of a frame.</summary>
    /// <param name="frame">Data with the columns of the model; the response is not needed, nor the groups.</param>
    /// <exception cref="ProblemException">A column is missing, or a factor holds a level that the fit has not seen.</exception>
    public Prediction Predict(Frame frame) => Prediction.Of(this, frame);

    /// <summary>The fit itself, where every estimate exists.</summary>
    /// <exception cref="ProblemException">An estimate does not exist; the problem is <see cref="Obstacle"/>.</exception>
    public MixedModelFit Require() => Obstacle is null ? this : throw new ProblemException(Obstacle);

    /// <summary>The fit itself, where it has a likelihood.</summary>
    /// <exception cref="ProblemException">It is one by quasi-likelihood.</exception>
    internal MixedModelFit RequireLikelihood() => Estimator == Estimator.Ml ? this
        : throw new ProblemException(new Problem(ProblemKind.WrongUsage, "a fit by quasi-likelihood, which has no likelihood",
            "a fit by maximum likelihood", Formula, "Fit the model by maximum likelihood: leave the estimator out of the settings."));

    /// <summary>A summary in plain text.</summary>
    public override string ToString() => FitText.Summary(this);
}
