using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Variances;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>The groups of the outermost grouping: what the model takes as independent of each other.</summary>
/// <param name="Groups">The group of each row.</param>
internal sealed record Clusters(CodedVariable Groups)
{
    internal int Count => Groups.Size;

    internal IReadOnlyList<string> Labels => Groups.Levels!;

    /// <summary>The clusters of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="what">What is asked for, for the message.</param>
    /// <exception cref="ProblemException">
    /// The model has no random effects, its groupings are crossed (wrong usage), or an estimate does not exist.
    /// </exception>
    internal static Clusters Of(MixedModelFit fit, string what)
    {
        RandomEffectsNeeded.By(fit, what);
        var groupings = fit.WithAllEstimates().Data!.Frame.Groupings;
        if (!fit.GroupsNest)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage,
                $"{what} of a model whose groupings {string.Join(" and ", fit.Groups.Select(g => g.Name))} are crossed",
                "groupings that nest, so that the groups of the outermost are independent", fit.Formula,
                "Fit the model with one of the groupings, or with groupings of which each lies within the next."));
        return new Clusters(groupings.MinBy(grouping => grouping.Groups.Size)!.Groups);
    }

    /// <summary>The things that belong to each cluster, by their numbers in order.</summary>
    /// <param name="rows">For each thing a row that tells its cluster.</param>
    internal int[][] Split(int[] rows)
    {
        var lists = Enumerable.Range(0, Count).Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < rows.Length; i++) lists[Groups.Codes[rows[i]]].Add(i);
        return [.. lists.Select(list => list.ToArray())];
    }

    /// <summary>The number of observations of each cluster.</summary>
    internal double[] Observations(ModelResponse response)
    {
        var counts = new double[Count];
        for (var row = 0; row < Groups.Codes.Length; row++) counts[Groups.Codes[row]] += response.Frequencies?[row] ?? 1;
        return counts;
    }
}
