namespace Caseload.Exports;

/// <summary>What the tables of a run and their columns mean.</summary>
internal static class ColumnMeanings
{
    private const string Effect = "On the log-odds of re-referral.";

    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["authorities"] = "What is left of each authority that may be named, beyond its children and its figures",
        ["coefficients"] = "Coefficients of the interaction model, complete cases",
        ["cumulative"] = "Children re-referred by the end of each census year, and no further action",
        ["flow"] = "From what was read to the children of the model",
        ["missing-data"] = "The interaction model under several choices about missing data",
        ["models"] = "The four models and the test of each against the one before",
        ["never-published"] = "What was never published, and the kit's own choice",
        ["predictions"] = "Predicted probabilities of re-referral",
        ["published-findings"] = "Published findings beside those of this run",
        ["risk-groups"] = "Re-referral by risk group",
        ["slopes"] = "The slope of the referral rate at numbers of CIN per social worker",
        ["table1"] = "Modelled children beside the eligible children outside the model",
    };

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["aic"] = "Akaike's information criterion.",
        ["area_sd"] = "Standard deviation between authorities, on the log-odds.",
        ["area_variance"] = "Variance between authorities, on the log-odds.",
        ["assumption"] = "What the estimates assume.",
        ["authorities"] = "Number of authorities.",
        ["authority"] = "Three-digit code of the authority.",
        ["census_year"] = "Census year, 1 April to 31 March.",
        ["chi_square"] = "Likelihood-ratio statistic against the model before.",
        ["children"] = "Number of children.",
        ["choice"] = "What was done about missing values: complete-cases, category or imputation.",
        ["choice_of_this_kit"] = "What the kit does where nothing was published.",
        ["cin_per_social_worker"] = "Children in need on 31 March per full-time-equivalent social worker.",
        ["comparison_lower"] = "Effect less 1.39 comparative standard errors, to compare two authorities.",
        ["comparison_upper"] = "Effect and 1.39 comparative standard errors, to compare two authorities.",
        ["count"] = "How many.",
        ["degrees_of_freedom"] = "Degrees of freedom of the pooled estimate; empty where infinite.",
        ["df"] = "Degrees of freedom.",
        ["effect"] = "Predicted effect of the authority. " + Effect,
        ["eligible_children"] = "Children under 18 at the end of follow-up.",
        ["eligible_lower"] = "Lower 95% limit of eligible_share.",
        ["eligible_rereferred"] = "Eligible children who were re-referred.",
        ["eligible_share"] = "Share of eligible children who were re-referred, 0 to 1.",
        ["eligible_upper"] = "Upper 95% limit of eligible_share.",
        ["estimate"] = Effect,
        ["expectation"] = "Below, above or as expected, at the 95% level.",
        ["finding"] = "What was published.",
        ["first_rereferrals_of_year"] = "Children whose first re-referral fell in the year.",
        ["fraction_missing"] = "Fraction of the information about the coefficient that is missing, 0 to 1.",
        ["group"] = "The group.",
        ["label"] = "What the coefficient compares or measures.",
        ["left_out"] = "Why children or rows left; empty where the row is the step itself.",
        ["log_likelihood"] = "Log-likelihood with all constants.",
        ["log_odds_per_250_referrals"] = "Change of the log-odds with 250 more referrals per 10,000.",
        ["lower"] = "Lower 95% limit, on the scale of the column before it that it belongs to.",
        ["median_odds_ratio"] = "Median odds ratio between two authorities.",
        ["model"] = "The model.",
        ["modelled"] = "Children in the model.",
        ["modelled_share"] = "Their share, 0 to 1.",
        ["never_published"] = "What was never published.",
        ["nfa_share"] = "Share of the year's first re-referrals that ended in no further action, 0 to 1.",
        ["not_modelled"] = "Eligible children outside the model.",
        ["not_modelled_share"] = "Their share, 0 to 1.",
        ["odds_ratio"] = "The exponential of the estimate.",
        ["odds_ratio_lower"] = "Lower 95% limit of the odds ratio.",
        ["odds_ratio_upper"] = "Upper 95% limit of the odds ratio.",
        ["p"] = "Two-sided p value.",
        ["parameters"] = "Number of parameters.",
        ["probability"] = "Predicted probability of re-referral, 0 to 1.",
        ["published"] = "The published figure.",
        ["reading"] = "How the published words were read.",
        ["referral_rate_per_10000"] = "Referrals in the year per 10,000 children.",
        ["relative_efficiency"] = "Variance with infinitely many imputations over that with these.",
        ["rereferred"] = "Children who were re-referred.",
        ["share"] = "Share of the children, 0 to 1.",
        ["source_kind"] = "Whether the data are simulated or real.",
        ["standard_error"] = "Standard error of the estimate.",
        ["status"] = "Reproduced, differs, inconclusive or not testable.",
        ["step"] = "What is counted.",
        ["term"] = "Name of the coefficient.",
        ["this_run"] = "The figure of this run.",
        ["tolerance"] = "What counts as reproduced.",
        ["upper"] = "Upper 95% limit, on the scale of the column before it that it belongs to.",
        ["variable"] = "What the row belongs to.",
        ["vpc"] = "Variance partition coefficient, 0 to 1.",
    };

    /// <summary>The title of a table; its name where it has none.</summary>
    internal static string Table(string name) => Tables.GetValueOrDefault(name, name);

    /// <summary>What a column means; empty where nothing is known of it.</summary>
    internal static string Column(string name) => Columns.GetValueOrDefault(name, "");
}
