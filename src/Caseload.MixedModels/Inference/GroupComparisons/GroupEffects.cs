using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Variances;

namespace Caseload.MixedModels.Inference.GroupComparisons;

/// <summary>One random effect of a grouping: its variance and its conditional modes.</summary>
/// <param name="Effect">The block of effects that it belongs to.</param>
/// <param name="Place">Its place in the block.</param>
/// <param name="Modes">Its mode in each group, with the comparative standard error.</param>
internal sealed record GroupEffects(RandomEffect Effect, int Place, IReadOnlyList<ConditionalMode> Modes)
{
    internal string Group => Effect.Group;

    internal string Term => Effect.Terms[Place];

    /// <summary>The variance of the effect between groups.</summary>
    internal double Variance => Effect.Covariance[Place][Place];

    /// <summary>What it is, for a caption.</summary>
    internal string Words => Term == DesignColumn.InterceptName ? Group : $"{Group}, {Term}";

    /// <summary>Finds the effect that is meant.</summary>
    /// <exception cref="ProblemException">There is none, more than one, or its estimate does not exist.</exception>
    internal static GroupEffects Of(MixedModelFit fit, GroupSettings settings)
    {
        RandomEffectsNeeded.By(fit, "a comparison of groups");
        Levels.Require(settings.Level, "level");
        var groups = fit.RandomEffects.Select(effect => effect.Group).Distinct().ToArray();
        var group = settings.Group ?? (groups.Length == 1 ? groups[0] : throw Which("grouping", groups));
        var places = fit.RandomEffects.Where(effect => effect.Group == group)
            .SelectMany(effect => effect.Terms.Select((term, place) => (Effect: effect, Place: place, Term: term))).ToArray();
        if (places.Length == 0) throw Which("grouping", groups);
        var term = settings.Term ?? (places.Length == 1 ? places[0].Term : DesignColumn.InterceptName);
        var found = places.FirstOrDefault(place => place.Term == term);
        if (found.Effect is null) throw Which("random effect", [.. places.Select(place => place.Term)]);
        return new GroupEffects(found.Effect, found.Place,
            [.. fit.ConditionalModes.Where(mode => mode.Group == group && mode.Term == term)]);

        ProblemException Which(string what, string[] there) => new(new Problem(ProblemKind.WrongUsage,
            $"no {what} named, or none of that name", "one of " + string.Join(", ", there), fit.Formula, "Name it in GroupSettings."));
    }
}
