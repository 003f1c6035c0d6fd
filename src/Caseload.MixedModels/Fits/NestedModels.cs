using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Fits;

/// <summary>Whether one fit contains another of the same data, as a likelihood-ratio test asks.</summary>
internal static class NestedModels
{
    // Of a column's length: less than this outside the span of others is rounding, as in the check of rank.
    private const double Tolerance = 1e-7;

    /// <summary>The number of variances of random effects.</summary>
    internal static int Variances(MixedModelFit fit) => fit.RandomEffects.Sum(effects => effects.Terms.Count);

    /// <summary>Stops where they cannot be compared.</summary>
    /// <param name="small">The smaller model.</param>
    /// <param name="large">The larger one.</param>
    /// <param name="where">What is compared, for the message.</param>
    /// <exception cref="ProblemException">The data differ, or one does not contain the other.</exception>
    internal static void Require(MixedModelFit small, MixedModelFit large, string where)
    {
        if (small.Observations != large.Observations)
            throw Wrong($"{small.Observations} and {large.Observations} observations", "fits of the same rows", where,
                "Fit both to the rows that are complete in the larger model.");
        if (small.Family != large.Family || small.Link != large.Link)
            throw Wrong("models of different families or links", "the same family and link", where, "Fit both in the same way.");
        if ((small.Method == FitMethod.Reml) != (large.Method == FitMethod.Reml))
            throw Wrong("a likelihood and a restricted one", "two of the same kind", where, "Fit both in the same way.");
        if (small.Data is { Frame: var one } && large.Data is { Frame: var other }) RequireSameData(one, other, where);
        if (small.Method == FitMethod.Reml && !Terms(small).SequenceEqual(Terms(large)))
            throw Wrong("restricted likelihoods of different fixed effects, which are those of different data", "the same fixed effects",
                where, "Fit both by maximum likelihood.");
        string[] lacking = [.. Lacking(small, large)];
        if (lacking.Length > 0 || Variances(large) < Variances(small) || large.Parameters <= small.Parameters)
            throw Wrong("models that are not nested", "every term of the smaller model in the larger one, and more", where,
                lacking.Length > 0 ? "The larger model lacks " + string.Join(", ", lacking) + "."
                    : "Give the models from the smallest to the largest.");
    }

    private static IEnumerable<string> Terms(MixedModelFit fit) => fit.FixedEffects.Select(effect => effect.Term);

    private static void RequireSameData(ModelFrame small, ModelFrame large, string where)
    {
        if (!Same(small.Response.Successes, large.Response.Successes) || !Same(small.Response.Trials, large.Response.Trials))
            throw Wrong("fits of different data: their responses or weights differ", "the same rows, in the same order", where,
                "Fit both to the same frame.");
        if (!Same(Offsets(small), Offsets(large)))
            throw Wrong("models of different offsets", "the same offset, whose coefficient is 1 in both", where,
                "Give both the offset, or neither.");
    }

    private static double[] Offsets(ModelFrame frame) =>
        frame.Offset is { } offset ? [.. offset.Codes.Select(code => offset.Values[code])] : new double[frame.Rows];

    private static bool Same(double[] one, double[] other) => one.AsSpan().SequenceEqual(other);

    private static IEnumerable<string> Lacking(MixedModelFit small, MixedModelFit large)
    {
        string[] unnamed = [.. Terms(small).Except(Terms(large))];
        if (unnamed.Length > 0 && small.Data is { } one && large.Data is { } other)
            unnamed = Outside((small, one.Frame), (large, other.Frame));
        return unnamed.Concat(small.RandomEffects.Where(effect => !large.RandomEffects
            .Any(holder => holder.Group == effect.Group && effect.Terms.All(holder.Terms.Contains)))
            .Select(effect => $"the random effects {string.Join(", ", effect.Terms)} of {effect.Group}"));
    }

    // The columns of the smaller model that are no combinations of those of the larger one, by whatever names these go.
    private static string[] Outside((MixedModelFit Fit, ModelFrame Frame) small, (MixedModelFit Fit, ModelFrame Frame) large)
    {
        var (mine, its) = (Columns(small), Columns(large));
        var factor = Matrix<double>.Build.DenseOfColumnArrays(its.Select(column => column.Values)).QR();
        return [.. mine.Where(column =>
        {
            var values = Vector<double>.Build.Dense(column.Values);
            var inside = factor.Q * (factor.Q.TransposeThisAndMultiply(values));
            return (values - inside).L2Norm() > Tolerance * values.L2Norm();
        }).Select(column => column.Name)];
    }

    // Divided by their lengths, so that the largest does not hide the others.
    private static (string Name, double[] Values)[] Columns((MixedModelFit Fit, ModelFrame Frame) model)
    {
        int[][] codes = [.. model.Frame.Variables.Select(variable => variable.Codes)];
        return [.. model.Fit.Recipe.Columns.Select(column =>
        {
            var values = new double[model.Frame.Rows];
            column.Fill(codes, model.Frame.Variables, values);
            var length = Math.Sqrt(Numerics.Vectors.Dot(values, values));
            if (length > 0) Numerics.Vectors.Multiply(values, 1 / length);
            return (column.Name, values);
        })];
    }

    private static ProblemException Wrong(string found, string expected, string where, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, where, remedy));
}
