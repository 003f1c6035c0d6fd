using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;

namespace Caseload.Models;

/// <summary>The study's models as formulas, and the groups that their factors are measured against.</summary>
public static class StudyFormula
{
    /// <summary>The child's circumstances at the first referral.</summary>
    public const string Child = "age_group + female + disabled_other + nfa + need";

    /// <summary>The area figures, each for itself.</summary>
    public const string Area = "cin_5 + rate_250";

    /// <summary>The area figures and their interaction.</summary>
    public const string AreaInteraction = "cin_5 * rate_250";

    private const string Areas = " + (1 | authority)";

    // A reference group is the first of these that the children have: the oldest age group, and a need that the report does not single out.
    private static readonly string[] AgeReferences = ["10-12", "5-9", "1-4", "0", "unborn"];
    private static readonly string[] NeedReferences = ["N8", "N7", "N9", "N2", "N1", "N3", "N4", "N5", "N6"];

    /// <summary>A model of the study.</summary>
    /// <param name="terms">The fixed part.</param>
    public static string Of(string terms) => $"rereferred ~ {terms}{Areas}";

    /// <summary>How the models are fitted: by the Laplace approximation, against the study's reference groups.</summary>
    /// <param name="data">The model's columns.</param>
    public static FitSettings Settings(Frame data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new FitSettings
        {
            References = new Dictionary<string, string>
            {
                ["age_group"] = Reference(data.Text("age_group"), AgeReferences),
                ["need"] = Reference(data.Text("need"), NeedReferences),
            },
        };
    }

    /// <summary>
    /// Fits a model. One in which some coefficients have no finite estimate stands with the others; one without any estimate does not.
    /// </summary>
    /// <param name="data">The model's columns.</param>
    /// <param name="terms">The fixed part.</param>
    /// <param name="settings">How to fit it.</param>
    /// <exception cref="ProblemException">No estimate exists.</exception>
    public static MixedModelFit Fit(Frame data, string terms, FitSettings settings)
    {
        var fit = MixedModel.Fit(data, Of(terms), settings);
        return fit.FixedEffects.Any(e => double.IsFinite(e.Estimate)) ? fit : fit.Require();
    }

    /// <summary>Fits a model of the study without differences between authorities.</summary>
    /// <param name="fit">The model.</param>
    /// <param name="data">The model's columns.</param>
    /// <exception cref="ProblemException">No estimate exists.</exception>
    public static MixedModelFit WithoutAreas(MixedModelFit fit, Frame data)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return MixedModel.Fit(data, fit.Formula.Replace(Areas, "", StringComparison.Ordinal), Settings(data));
    }

    private static string Reference(TextColumn column, string[] preferred)
    {
        var present = column.Codes.ToArray().Where(code => code >= 0).Distinct()
            .Select(code => column.Levels[code]).ToHashSet(StringComparer.Ordinal);
        return preferred.FirstOrDefault(present.Contains) ?? present.Order(StringComparer.Ordinal).First();
    }
}
