using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;

namespace Caseload.Models;

/// <summary>
/// The four models of the study, each holding the one before: no covariate, the child's, the area's, and their interaction.
/// </summary>
/// <param name="Null">No covariate: how far authorities differ at all.</param>
/// <param name="Child">The child's circumstances at the first referral.</param>
/// <param name="Area">With CIN per social worker and the referral rate.</param>
/// <param name="Interaction">With their interaction: the model of the report.</param>
/// <param name="Steps">Likelihood-ratio tests of each model against the one before.</param>
/// <param name="AreaTerms">
/// The three area terms tested together: a main effect beside an interaction is a slope at the point of centring and means nothing alone.
/// </param>
public sealed record StudyModels(
    MixedModelFit Null,
    MixedModelFit Child,
    MixedModelFit Area,
    MixedModelFit Interaction,
    LikelihoodRatioTable Steps,
    LikelihoodRatioTable AreaTerms)
{
    private const string ChildTerms = "age_group + female + disabled_other + nfa + need";

    // A reference group is the first of these that the children have: the oldest age group, and a need that the report does not single out.
    private static readonly string[] AgeReferences = ["10-12", "5-9", "1-4", "0", "unborn"];
    private static readonly string[] NeedReferences = ["N8", "N7", "N9", "N2", "N1", "N3", "N4", "N5", "N6"];

    /// <summary>The models with their names, the smallest first.</summary>
    public IReadOnlyList<(string Name, MixedModelFit Fit)> All =>
        [("Null", Null), ("Child", Child), ("Child and area", Area), ("Interaction", Interaction)];

    /// <summary>Fits the models by the Laplace approximation.</summary>
    /// <param name="data">What <see cref="ModelData.Of"/> gives.</param>
    /// <exception cref="ProblemException">No estimate exists: one authority only, an outcome that does not vary, separation.</exception>
    public static StudyModels Fit(Frame data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.RowCount == 0)
            throw new ProblemException(new Problem(
                ProblemKind.NoEstimate, "no child with every covariate of the model", "modelled children", "",
                "See the flow diagram for what is missing: sex, disability, primary need, or the figures of the authorities."));
        var settings = new FitSettings
        {
            References = new Dictionary<string, string>
            {
                ["age_group"] = Reference(data.Text("age_group"), AgeReferences),
                ["need"] = Reference(data.Text("need"), NeedReferences),
            },
        };

        // A fit in which some coefficients have no finite estimate stands with the others; one without any estimate does not.
        MixedModelFit Run(string terms, FitSettings with)
        {
            var fit = MixedModel.Fit(data, $"rereferred ~ {terms} + (1 | authority)", with);
            return fit.FixedEffects.Any(e => double.IsFinite(e.Estimate)) ? fit : fit.Require();
        }

        var empty = Run("1", new FitSettings());
        var child = Run(ChildTerms, settings);
        var area = Run(ChildTerms + " + cin_5 + rate_250", settings);
        var interaction = Run(ChildTerms + " + cin_5 * rate_250", settings);
        return new StudyModels(empty, child, area, interaction, Compare(empty, child, area, interaction), Joint(child, interaction));
    }

    // Where an area figure is the same everywhere its terms are dropped, and a model may add nothing to the one before it.
    private static LikelihoodRatioTable Compare(params MixedModelFit[] fits)
    {
        string[] names = ["Null", "Child", "Child and area", "Interaction"];
        var growing = new List<(string Name, MixedModelFit Fit)>();
        for (var i = 0; i < fits.Length; i++)
        {
            if (fits[i].Obstacle is not null) continue;
            if (growing.Count == 0 || fits[i].Parameters > growing[^1].Fit.Parameters) growing.Add((names[i], fits[i]));
        }

        return growing.Count > 1 ? LikelihoodRatio.Compare(growing) : new LikelihoodRatioTable([]);
    }

    private static LikelihoodRatioTable Joint(MixedModelFit child, MixedModelFit interaction) =>
        child.Obstacle is null && interaction.Obstacle is null && interaction.Parameters > child.Parameters
        ? LikelihoodRatio.Compare([("Child", child), ("Interaction", interaction)])
        : new LikelihoodRatioTable([]);

    private static string Reference(TextColumn column, string[] preferred)
    {
        var present = column.Codes.ToArray().Where(code => code >= 0).Distinct()
            .Select(code => column.Levels[code]).ToHashSet(StringComparer.Ordinal);
        return preferred.FirstOrDefault(present.Contains) ?? present.Order(StringComparer.Ordinal).First();
    }
}
