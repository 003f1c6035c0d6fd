namespace Caseload.MixedModels.Checks;

/// <summary>The checks of a fit.</summary>
public enum CheckName
{
    /// <summary>Rows are complete in the columns of the model.</summary>
    MissingCells,

    /// <summary>The outcome varies.</summary>
    Outcome,

    /// <summary>No column of the design is a combination of columns before it.</summary>
    RankDeficiency,

    /// <summary>No combination of covariates tells the outcomes apart.</summary>
    Separation,

    /// <summary>A linear model leaves residuals, and enough observations to tell their variance from others.</summary>
    ResidualVariance,

    /// <summary>The columns of the design vary on comparable scales.</summary>
    Scaling,

    /// <summary>There are enough groups to estimate a variance of.</summary>
    TooFewGroups,

    /// <summary>No random effect is a combination of others of the same groups, so that each has a variance of its own.</summary>
    RepeatedEffects,

    /// <summary>The optimiser reached a maximum.</summary>
    Convergence,

    /// <summary>The gradient, computed anew from scratch at the estimates, is 0.</summary>
    Gradient,

    /// <summary>The log-likelihood is concave at the estimates, so that standard errors exist.</summary>
    Hessian,

    /// <summary>The variance of the random effect is above 0.</summary>
    Singular,

    /// <summary>A quadrature of about twice as many points has its maximum at the same estimates.</summary>
    QuadratureStability,

    /// <summary>Counts of the negative binomial family vary more than the Poisson family has it.</summary>
    Dispersion,
}

/// <summary>What a check found. A check that could not run has not passed.</summary>
public enum CheckOutcome
{
    /// <summary>Nothing to report.</summary>
    Passed,

    /// <summary>The message says what was found.</summary>
    Failed,

    /// <summary>There was nothing to check, or an earlier obstacle left nothing to check it on.</summary>
    NotRun,
}

/// <summary>One check of a fit.</summary>
/// <param name="Check">Which.</param>
/// <param name="Outcome">What it found.</param>
/// <param name="Component">The coefficient, column or group that it concerns, or the one that comes nearest to failing; may be
/// empty.</param>
/// <param name="Value">What was measured; not-a-number where nothing was.</param>
/// <param name="Tolerance">What it was held against; not-a-number where nothing was.</param>
/// <param name="Message">What was found, and what to do where it failed.</param>
public sealed record FitCheck(CheckName Check, CheckOutcome Outcome, string Component, double Value, double Tolerance, string Message)
{
    internal static FitCheck Passed(CheckName check, string message) =>
        new(check, CheckOutcome.Passed, "", double.NaN, double.NaN, message);

    internal static FitCheck NotRun(CheckName check, string message) =>
        new(check, CheckOutcome.NotRun, "", double.NaN, double.NaN, message);
}
