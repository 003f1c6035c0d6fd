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
        var settings = StudyFormula.Settings(data);
        var empty = StudyFormula.Fit(data, "1", new FitSettings());
        var child = StudyFormula.Fit(data, StudyFormula.Child, settings);
        var area = StudyFormula.Fit(data, $"{StudyFormula.Child} + {StudyFormula.Area}", settings);
        var interaction = StudyFormula.Fit(data, $"{StudyFormula.Child} + {StudyFormula.AreaInteraction}", settings);
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
}
