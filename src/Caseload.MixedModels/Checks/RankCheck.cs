using System.Globalization;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Checks;

/// <summary>Which columns of the design stay, and what was found of the others.</summary>
/// <param name="Kept">The columns that stay.</param>
/// <param name="Check">What was found.</param>
internal sealed record RankFinding(IReadOnlyList<int> Kept, FitCheck Check);

/// <summary>Drops columns that are combinations of columns before them, and says of what.</summary>
internal static class RankCheck
{
    /// <summary>Judges the columns of a design.</summary>
    /// <param name="design">The design.</param>
    /// <param name="information">The columns' weighted cross product, of which the lower triangle is read.</param>
    /// <param name="frame">The model's data, for names.</param>
    internal static RankFinding Run(Design design, double[,] information, ModelFrame frame)
    {
        var rank = IsPlainlyFull(design, information)
            ? new ColumnRank([.. Enumerable.Range(0, design.Width)], [])
            : ColumnRank.Of(design.Operator.Columns(), design.Standardised.RawSizes);

        // A factor of one level has no contrast, so it has no column that could be aliased.
        var coded = design.Names.SelectMany(n => n.Parts).Select(p => p.Variable).ToHashSet();
        var constant = frame.Variables.Where((v, i) => v.Levels is { Count: 1 } && !coded.Contains(i)).ToArray();
        if (rank.Aliased.Count == 0 && constant.Length == 0)
            return new RankFinding(rank.Kept,
                FitCheck.Passed(CheckName.RankDeficiency, "The columns of the design are linearly independent."));
        var told = rank.Aliased.Select(a => Tell(design, a)).Concat(constant.Select(v => $"{v.Name} has the one level {v.Levels![0]}"));
        var component = string.Join(", ", rank.Aliased.Select(a => design.Names[a.Column].Name).Concat(constant.Select(v => v.Name)));
        return new RankFinding(rank.Kept,
            new FitCheck(CheckName.RankDeficiency, CheckOutcome.Failed, component, rank.Kept.Count, design.Width,
            $"Dropped, because the columns before say the same: {string.Join("; ", told)}."));
    }

    private static bool IsPlainlyFull(Design design, double[,] information)
    {
        if (design.Cells.Count < design.Width || design.Standardised.RawSizes.Any(double.IsInfinity)) return false;
        return Cholesky.Factor(information) is { } factor
            && ColumnRank.IsPlainlyFull(factor.Pivots.Select((pivot, k) => pivot / information[k, k]), design.Standardised.RawSizes);
    }

    // In the columns as they were given: a column is its centre plus its scale times the standardised one.
    private static string Tell(Design design, AliasedColumn aliased)
    {
        var coefficients = design.ToOriginal(aliased.Combination);
        for (var k = 0; k < coefficients.Length; k++) coefficients[k] *= design.Standardised.Scales[aliased.Column];
        if (design.Names[0].Parts.Count == 0) coefficients[0] += design.Standardised.Centres[aliased.Column];
        var largest = coefficients.Max(Math.Abs);
        var parts = Enumerable.Range(0, coefficients.Length).Where(k => Math.Abs(coefficients[k]) > 1e-9 * largest)
            .Select(k => Math.Abs(coefficients[k] - 1) < 1e-9
                ? design.Names[k].Name
                : $"{coefficients[k].ToString("G6", CultureInfo.InvariantCulture)} x {design.Names[k].Name}");
        var combination = string.Join(" + ", parts);
        return $"{design.Names[aliased.Column].Name} equals {(combination.Length == 0 ? "0" : combination)}";
    }
}
