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
    /// <summary>What a reader must know of an effect within other groups; none where it is not.</summary>
    internal IReadOnlyList<string> Remarks { get; private init; } = [];

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
        string[] groups = [.. fit.RandomEffects.Select(effect => effect.Group).Distinct()];
        var group = settings.Group ?? (groups.Length == 1 ? groups[0] : throw Wrong("grouping", null, "Group", groups));
        var places = fit.RandomEffects.Where(effect => effect.Group == group)
            .SelectMany(effect => effect.Terms.Select((term, place) => (Effect: effect, Place: place, Term: term))).ToArray();
        if (places.Length == 0) throw Wrong("grouping", group, "Group", groups);
        var term = settings.Term ?? (places.Length == 1 ? places[0].Term : DesignColumn.InterceptName);
        var found = places.FirstOrDefault(place => place.Term == term);
        if (found.Effect is null) throw Wrong("random effect", settings.Term, "Term", [.. places.Select(place => place.Term)]);
        return new GroupEffects(found.Effect, found.Place,
            [.. fit.ConditionalModes.Where(mode => mode.Group == group && mode.Term == term)]) { Remarks = [.. Said(fit, group)] };

        ProblemException Wrong(string what, string? named, string setting, string[] there) => new(new Problem(ProblemKind.WrongUsage,
            named is null ? $"no {what} named, where the model has several" : $"no {what} named \"{named}\"",
            "one of " + string.Join(", ", there), fit.Formula, $"Name it: new GroupSettings {{ {setting} = \"{there[0]}\" }}."));
    }

    private static IEnumerable<string> Said(MixedModelFit fit, string group)
    {
        var outer = fit.Groups.Where(other => other.Count < fit.Groups.First(own => own.Name == group).Count).Select(other => other.Name);
        if (fit.GroupsNest && string.Join(" and ", outer) is { Length: > 0 } names)
            yield return $"Effects of {group} are how its groups differ from the others within {names}; the effects of {names} are not in "
                + "them.";
    }
}
