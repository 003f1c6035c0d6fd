using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Fits;

/// <summary>Whether one fit contains another of the same data, as a likelihood-ratio test asks.</summary>
internal static class NestedModels
{
    // Of a column's length: less than this outside the span of others is rounding, as in the check of rank.
    private const double Tolerance = 1e-7;

    /// <summary>Stops where they cannot be compared.</summary>
    /// <param name="small">The smaller model.</param>
    /// <param name="large">The larger one.</param>
    /// <param name="where">What is compared, for the message.</param>
    /// <returns>What the larger one has beyond the smaller.</returns>
    /// <exception cref="ProblemException">The data differ, or one does not contain the other.</exception>
    internal static AddedParameters Require(MixedModelFit small, MixedModelFit large, string where)
    {
        var (one, other) = SameData.Require(small, large, where);
        var (within, around) = (ModelColumns.Of(small, one), ModelColumns.Of(large, other));
        if (small.Method == FitMethod.Reml && !Same(within.Fixed, around.Fixed))
            throw Wrong("restricted likelihoods of different fixed effects, which are those of different data", "the same fixed effects",
                where, "Fit both by maximum likelihood.");
        string[] lacking = [.. Lacking(within, around)];
        var added = AddedParameters.Between(small, large);
        if (lacking.Length == 0 && added is { FixedEffects: >= 0, Variances: >= 0, Count: > 0 }) return added;
        if (lacking.Length == 0)
            throw Wrong("models that are not nested: they are the same but for names", "a larger model that adds terms", where,
                "Leave one of them out.");
        throw Lacking(around, within).Any()
            ? Wrong("models that are not nested", "every term of the smaller model in the larger one, and more", where,
                $"The larger model lacks {string.Join(", ", lacking)}. Compare such models by AIC.")
            : Wrong("models that are not nested in this order", "the smaller model first", where,
                "Give the models from the smallest to the largest.");
    }

    private static IEnumerable<string> Lacking(ModelColumns small, ModelColumns large) => Outside(small.Fixed, large.Fixed)
        .Concat(small.Random.Where(block => !large.Random.Any(holder => Holds(holder, block)))
            .Select(block => block.Name(large.Random.Any(holder => HasOtherGroups(holder, block)))));

    private static bool HasOtherGroups(RandomColumns large, RandomColumns small) =>
        large.Groups.Name == small.Groups.Name && !SamePartition(large.Groups, small.Groups);

    // The covariance matrix of a block of effects is free, so that it holds every block whose columns are combinations of its own.
    private static bool Holds(RandomColumns large, RandomColumns small) =>
        SamePartition(large.Groups, small.Groups) && Outside(small.Columns, large.Columns).Length == 0;

    // The columns of the smaller model that are no combinations of those of the larger one, by whatever names these go.
    private static string[] Outside(IReadOnlyList<NamedColumn> small, IReadOnlyList<NamedColumn> large)
    {
        NamedColumn[] unlike = [.. small.Where(column => !large.Any(other => Same(column, other)))];
        if (unlike.Length == 0) return [];
        if (large.Count == 0) return [.. unlike.Select(column => column.Name)];
        var factor = Matrix<double>.Build.DenseOfColumnArrays(large.Select(Scaled)).QR();
        return [.. unlike.Where(column =>
        {
            var values = Vector<double>.Build.Dense(Scaled(column));
            var inside = factor.Q * factor.Q.TransposeThisAndMultiply(values);
            return (values - inside).L2Norm() > Tolerance;
        }).Select(column => large.Any(other => other.Name == column.Name) ? $"{column.Name} of the same values" : column.Name)];
    }

    // Divided by its length, so that the longest column does not hide the others.
    private static double[] Scaled(NamedColumn column)
    {
        var values = (double[])column.Values.Clone();
        var length = Math.Sqrt(Vectors.Dot(values, values));
        if (length > 0) Vectors.Multiply(values, 1 / length);
        return values;
    }

    private static bool Same(IReadOnlyList<NamedColumn> one, IReadOnlyList<NamedColumn> other) =>
        one.Count == other.Count && one.All(column => other.Any(its => Same(column, its)));

    private static bool Same(NamedColumn one, NamedColumn other) =>
        one.Name == other.Name && one.Values.AsSpan().SequenceEqual(other.Values);

    // Whether two groupings put the same rows together, by whatever names.
    private static bool SamePartition(CodedVariable one, CodedVariable other)
    {
        if (one.Size != other.Size) return false;
        var partner = new int[one.Size];
        Array.Fill(partner, -1);
        for (var row = 0; row < one.Codes.Length; row++)
        {
            ref var known = ref partner[one.Codes[row]];
            if (known < 0) known = other.Codes[row];
            else if (known != other.Codes[row]) return false;
        }

        // As many groups on both sides, each within one of the other: the same, unless two of them share one.
        return partner.Distinct().Count() == partner.Length;
    }

    private static ProblemException Wrong(string found, string expected, string where, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, where, remedy));
}
