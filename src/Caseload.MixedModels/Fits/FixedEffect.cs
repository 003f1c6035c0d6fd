using MathNet.Numerics;

namespace Caseload.MixedModels.Fits;

/// <summary>An estimated coefficient, on the scale of the linear predictor: for the logit link, log odds.</summary>
/// <param name="Term">Its name, as R gives it.</param>
/// <param name="Estimate">The estimate; not-a-number where none exists.</param>
/// <param name="StandardError">
/// Its standard error, from the joint observed information, of a linear model from sigma^2 (X'V^-1 X)^-1; not-a-number where none exists.
/// </param>
public sealed record FixedEffect(string Term, double Estimate, double StandardError)
{
    // The 97.5% quantile of the standard normal distribution.
    private const double Quantile = 1.959963984540054;

    /// <summary>The estimate in standard errors.</summary>
    public double Z => Estimate / StandardError;

    /// <summary>The two-sided p value of Wald's test that the coefficient is 0.</summary>
    public double P => double.IsNaN(Z) ? double.NaN : SpecialFunctions.Erfc(Math.Abs(Z) / Math.Sqrt(2));

    /// <summary>The lower end of the 95% Wald interval.</summary>
    public double Lower => Estimate - Quantile * StandardError;

    /// <summary>The upper end of the 95% Wald interval.</summary>
    public double Upper => Estimate + Quantile * StandardError;

    /// <summary>The exponential of the estimate: with the logit link the odds ratio, with log the rate ratio, with cloglog the hazard
    /// ratio.</summary>
    public double OddsRatio => Math.Exp(Estimate);

    /// <summary>The lower end of the odds ratio's 95% interval.</summary>
    public double OddsRatioLower => Math.Exp(Lower);

    /// <summary>The upper end of the odds ratio's 95% interval.</summary>
    public double OddsRatioUpper => Math.Exp(Upper);
}

/// <summary>Random effects of one grouping that share a covariance matrix.</summary>
/// <param name="Group">The grouping: its column, or several with colons between them.</param>
/// <param name="Terms">The effects, named as the coefficients of the fixed part are.</param>
/// <param name="StandardDeviations">Their standard deviations, on the scale of the linear predictor.</param>
/// <param name="StandardDeviationErrors">The standard errors of those; not-a-number where the fit is singular or none is computed.</param>
/// <param name="Covariance">Their covariance matrix, row by row.</param>
public sealed record RandomEffect(
    string Group,
    IReadOnlyList<string> Terms,
    IReadOnlyList<double> StandardDeviations,
    IReadOnlyList<double> StandardDeviationErrors,
    IReadOnlyList<IReadOnlyList<double>> Covariance)
{
    /// <summary>Their correlation matrix, row by row; 1 on the diagonal.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Correlation => [.. Covariance.Select((row, i) =>
        (IReadOnlyList<double>)[.. row.Select((value, k) => i == k ? 1 : value / (StandardDeviations[i] * StandardDeviations[k]))])];
}

/// <summary>The predicted random effect of one group: the mode of its distribution given the data and the estimates.</summary>
/// <param name="Group">The grouping column.</param>
/// <param name="Level">The group.</param>
/// <param name="Term">The effect.</param>
/// <param name="Mode">The mode, on the scale of the linear predictor; 0 is an average group.</param>
/// <param name="StandardError">The conditional standard deviation: that of the Laplace approximation, the estimates taken as known.</param>
public sealed record ConditionalMode(string Group, string Level, string Term, double Mode, double StandardError);

/// <summary>A grouping and how many groups it has.</summary>
/// <param name="Name">The column.</param>
/// <param name="Count">The number of groups with data.</param>
public sealed record GroupCount(string Name, int Count);
