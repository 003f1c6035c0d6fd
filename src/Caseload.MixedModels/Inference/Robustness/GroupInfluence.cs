using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>What leaving a group out does to the estimates.</summary>
/// <param name="Level">The group.</param>
/// <param name="Observations">How many observations it holds.</param>
/// <param name="CooksDistance">The squared change of all fixed effects together, in the metric of their covariance, by their
/// number.</param>
/// <param name="FixedEffects">The change of each fixed effect, without the group less with it, in standard errors.</param>
/// <param name="StandardDeviations">The change of each standard deviation, likewise.</param>
public sealed record InfluentialGroup(string Level, double Observations, double CooksDistance, IReadOnlyList<double> FixedEffects,
    IReadOnlyList<double> StandardDeviations);

/// <summary>The influence of each group of the outermost grouping on the estimates, the largest first.</summary>
/// <param name="Group">The grouping.</param>
/// <param name="FixedEffects">The names of the fixed effects.</param>
/// <param name="StandardDeviations">The names of the standard deviations.</param>
/// <param name="Rows">The groups.</param>
public sealed record GroupInfluence(string Group, IReadOnlyList<string> FixedEffects, IReadOnlyList<string> StandardDeviations,
    IReadOnlyList<InfluentialGroup> Rows) : InferenceResult
{
    internal override IEnumerable<FitTable> Tables()
    {
        yield return new FitTable($"Groups of {Group}: influence on the estimates",
            ["group", "effect moved most", "SD moved most", "rows", "Cook's D", "effect, SE", "SD, SE"], 3,
            Excerpt.Of(Rows, row =>
            {
                var (effect, deviation) = (Furthest(row.FixedEffects), Furthest(row.StandardDeviations));
                return
                [
                    row.Level, Name(FixedEffects, effect), Name(StandardDeviations, deviation), FitTable.Decimals(row.Observations, 0),
                    FitTable.Decimals(row.CooksDistance, 4), Number(row.FixedEffects, effect), Number(row.StandardDeviations, deviation),
                ];
            }));
        yield return new FitTable("Estimates: the group that moves each furthest", ["estimate", "group", "by, SE"], 2,
        [
            .. FixedEffects.Select((name, k) => Most(name, row => row.FixedEffects[k])),
            .. StandardDeviations.Select((name, k) => Most("SD " + name, row => row.StandardDeviations[k])),
        ]);
    }

    private string[] Most(string name, Func<InfluentialGroup, double> change)
    {
        var most = Rows.Where(row => !double.IsNaN(change(row))).MaxBy(row => Math.Abs(change(row)));
        return [name, most?.Level ?? "-", FitTable.Decimals(most is null ? double.NaN : change(most), 2)];
    }

    private static int Furthest(IReadOnlyList<double> changes) =>
        Enumerable.Range(0, changes.Count).Where(k => !double.IsNaN(changes[k])).OrderByDescending(k => Math.Abs(changes[k]))
            .DefaultIfEmpty(-1).First();

    private static string Name(IReadOnlyList<string> names, int k) => k < 0 ? "-" : names[k];

    private static string Number(IReadOnlyList<double> changes, int k) => FitTable.Decimals(k < 0 ? double.NaN : changes[k], 2);
}
