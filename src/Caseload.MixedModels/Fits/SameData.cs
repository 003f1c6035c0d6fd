using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Fits;

/// <summary>Whether the likelihoods of two fits can be set against each other: of the same data, and computed in the same way.</summary>
internal static class SameData
{
    /// <summary>Stops where they cannot.</summary>
    /// <param name="small">One fit.</param>
    /// <param name="large">The other.</param>
    /// <param name="where">What is compared, for the message.</param>
    /// <returns>The rows of both.</returns>
    /// <exception cref="ProblemException">
    /// Rows, responses, weights or offsets differ, or families, links, kinds of likelihood or approximations to it.
    /// </exception>
    internal static (ModelFrame Small, ModelFrame Large) Require(MixedModelFit small, MixedModelFit large, string where)
    {
        if (small.Observations != large.Observations)
            throw Wrong($"{small.Observations} and {large.Observations} observations", "fits of the same rows", where,
                "Fit both to the rows that are complete in the larger model.");
        if (small.Family != large.Family || small.Link != large.Link)
            throw Wrong("models of different families or links", "the same family and link", where,
                "Fit both in the same way; between families compare AIC.");
        if ((small.Method == FitMethod.Reml) != (large.Method == FitMethod.Reml))
            throw Wrong("a likelihood and a restricted one", "two of the same kind", where, "Fit both in the same way.");

        // Without random effects there is nothing to approximate.
        if (small.QuadraturePoints is { } few && large.QuadraturePoints is { } many && few != many)
            throw Wrong($"a likelihood by {Approximation(few)} and one by {Approximation(many)}", "the same approximation", where,
                "Fit both with the same number of quadrature points.");
        if (small.Data is not { Frame: var one } || large.Data is not { Frame: var other })
            throw Wrong("a fit without its data", "fits as MixedModel.Fit gives them", where, "Fit the models again.");
        if (!Same(one.Response.Successes, other.Response.Successes) || !Same(one.Response.Trials, other.Response.Trials)
            || !Same(one.Response.Frequencies ?? [], other.Response.Frequencies ?? []))
            throw Wrong("fits of different data: their responses or weights differ", "the same rows, in the same order", where,
                "Fit both to the same frame, with the same weights.");
        if (!Same(Offsets(one), Offsets(other)))
            throw Wrong("models of different offsets", "the same offset, whose coefficient is 1 in both", where,
                "Give both the offset, or neither.");
        return (one, other);
    }

    private static string Approximation(int points) => points == 1 ? "the Laplace approximation"
        : string.Create(CultureInfo.InvariantCulture, $"quadrature of {points} points");

    private static double[] Offsets(ModelFrame frame) =>
        frame.Offset is { } offset ? [.. offset.Codes.Select(code => offset.Values[code])] : new double[frame.Rows];

    private static bool Same(double[] one, double[] other) => one.AsSpan().SequenceEqual(other);

    private static ProblemException Wrong(string found, string expected, string where, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, where, remedy));
}
