using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Inference.Hypotheses;

/// <summary>Tests coefficients of a fit together, found by the names of their terms.</summary>
/// <param name="fit">The fit.</param>
internal sealed class WaldTest(MixedModelFit fit)
{
    private readonly string[] termOf = [.. fit.Recipe.Columns.Select(column => column.Parts.Count == 0 ? DesignColumn.InterceptName
        : string.Join(':', column.Parts.Select(part => part.Variable).Order().Select(v => fit.Recipe.Formula.Variables[v].Name)))];

    /// <summary>The terms, in the order of the coefficients.</summary>
    internal IEnumerable<string> Terms => termOf.Distinct();

    /// <summary>The test of some terms or coefficients together.</summary>
    internal WaldRow Of(IReadOnlyList<string> terms)
    {
        var columns = Columns(terms);
        var covariance = new double[columns.Length, columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            for (var j = 0; j < columns.Length; j++) covariance[i, j] = fit.Covariance[columns[i], columns[j]];
        }

        double[] estimates = [.. columns.Select(k => fit.FixedEffects[k].Estimate)];
        var statistic = Cholesky.Factor(covariance) is { } factor ? Vectors.Dot(estimates, factor.Solve(estimates)) : double.NaN;
        return new WaldRow(string.Join(", ", terms), statistic, columns.Length);
    }

    /// <summary>The places of the coefficients of some terms.</summary>
    internal int[] Columns(IReadOnlyList<string> terms) => [.. terms.SelectMany(Columns).Distinct().Order()];

    private IEnumerable<int> Columns(string term)
    {
        // The variables of a product may be named in any order.
        var wanted = Sorted(term);
        int[] found = [.. Enumerable.Range(0, termOf.Length).Where(k => Sorted(termOf[k]) == wanted)];
        if (found.Length == 0) found = [.. Enumerable.Range(0, termOf.Length).Where(k => fit.FixedEffects[k].Term == term)];
        return found.Length > 0 ? found : throw new ProblemException(new Problem(ProblemKind.WrongUsage, $"no term named \"{term}\"",
            "one of " + string.Join(", ", Terms), fit.Formula, "Name a term of the fixed part, or a coefficient."));
    }

    private static string Sorted(string term) => string.Join(':', term.Split(':').Order(StringComparer.Ordinal));
}
