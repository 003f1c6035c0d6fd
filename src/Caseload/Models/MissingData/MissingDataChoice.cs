namespace Caseload.Models.MissingData;

/// <summary>What is done about children of whom sex, disability or primary need is not recorded.</summary>
public enum MissingDataChoice
{
    /// <summary>They are left out. The main analysis.</summary>
    CompleteCases,

    /// <summary>What is not recorded is a level of its own.</summary>
    Category,

    /// <summary>Multilevel multiple imputation by chained equations, pooled by Rubin's rules.</summary>
    Imputation,
}

/// <summary>The choices in words.</summary>
public static class MissingDataWords
{
    /// <summary>The choice's name in tables and on the command line.</summary>
    /// <param name="choice">The choice.</param>
    public static string Name(this MissingDataChoice choice) => choice switch
    {
        MissingDataChoice.CompleteCases => "complete-cases",
        MissingDataChoice.Category => "category",
        _ => "imputation",
    };

    /// <summary>What the estimates assume, as it is printed with them.</summary>
    /// <param name="choice">The choice.</param>
    public static string Assumption(this MissingDataChoice choice) => choice switch
    {
        MissingDataChoice.CompleteCases =>
            "Complete cases: children with a missing covariate are left out. The estimates hold where values are missing completely at "
            + "random, or where, given the covariates of the model, being complete does not depend on the outcome. They do not hold where "
            + "recording depends on whether a child came back.",
        MissingDataChoice.Category =>
            "Missing as a category: what is not recorded is a level of its own, so no child is left out. The level mixes children with "
            + "and without the attribute, so the other covariates are adjusted for it in part only: estimates are biased even where "
            + "values are missing completely at random (Greenland and Finkle 1995). It holds where not being recorded is a circumstance "
            + "in itself.",
        _ =>
            "Multiple imputation: missing values are drawn from models of them given the outcome, the other covariates, the area figures "
            + "and the authority, and the fits of the completed data are pooled by Rubin's rules. The estimates hold where values are "
            + "missing at random given all of these, and where the models of them are right. They do not hold where recording depends on "
            + "the missing value itself.",
    };
}
