using System.Globalization;
using Caseload.Models;
using Caseload.Models.MissingData;

namespace Caseload.Benchmarks.Imputation;

/// <summary>
/// How often the 95% intervals of complete cases and of imputation hold the truth over many data sets that are recorded at random given
/// the outcome. Each data set depends on the seed and its number alone.
/// </summary>
internal static class ImputationCoverage
{
    private const int Authorities = 60;
    private const int Size = 100;

    internal static int Run(int sets, MissingDataSettings settings)
    {
        var results = new MissingDataResults[sets];
        var full = new ChoiceResult[sets];
        Parallel.For(0, sets, number =>
        {
            var seed = settings.Seed * 1_000_000 + number;
            results[number] = Analyse(seed, settings, isComplete: false);
            full[number] = Analyse(seed, settings with { Choices = [] }, isComplete: true).Choices[0];
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{sets} data sets of {Authorities} authorities of {Size} children, {settings.Imputations} imputations of "
            + $"{settings.Iterations} rounds; on average {results.Average(r => r.Choices[0].Children):0} complete cases"));
        Table.Head("term", "truth", "nothing missing: mean", "held", "complete cases: mean", "held", "category: mean", "held",
            "imputation: mean", "held", "mean SE / SD of estimates", "mean FMI");
        foreach (var (term, truth) in RecordedAtRandom.Truth)
        {
            PooledEstimate[] Of(int choice) => [.. results.Select(r => r.Choices[choice].Find(term)!)];
            var imputed = Of(2);
            var mean = imputed.Average(e => e.Estimate);
            var spread = Math.Sqrt(imputed.Sum(e => Math.Pow(e.Estimate - mean, 2)) / (sets - 1));
            Table.Row([term, Text(truth, "0.00"), .. Held([.. full.Select(f => f.Find(term)!)], truth), .. Held(Of(0), truth),
                .. Held(Of(1), truth), .. Held(imputed, truth), Text(imputed.Average(e => e.StandardError) / spread, "0.00"),
                Text(imputed.Average(e => e.FractionMissing), "0.00")]);
        }

        Table.Row(["SD between authorities", Text(RecordedAtRandom.Deviation, "0.00"), .. Deviation(full),
            .. Enumerable.Range(0, 3).SelectMany(choice => Deviation([.. results.Select(r => r.Choices[choice])]))]);
        return 0;
    }

    private static MissingDataResults Analyse(int seed, MissingDataSettings settings, bool isComplete)
    {
        var cohort = RecordedAtRandom.Draw(seed, Authorities, Size, isComplete);
        return MissingDataAnalysis.Run(cohort, StudyModels.Fit(ModelData.Of(cohort)).Interaction, settings);
    }

    private static string[] Deviation(ChoiceResult[] results)
    {
        var found = results.Select(r => r.AreaDeviation).Where(d => double.IsFinite(d.StandardError)).ToArray();
        var truth = Math.Log(RecordedAtRandom.Deviation);
        return
        [
            Text(Math.Exp(found.Average(d => d.Estimate)), "0.000"),
            Text(100.0 * found.Count(d => d.Lower <= truth && truth <= d.Upper) / found.Length, "0.0") + "%",
        ];
    }

    private static string[] Held(PooledEstimate[] estimates, double truth) =>
    [
        Text(estimates.Average(e => e.Estimate), "0.000"),
        Text(100.0 * estimates.Count(e => e.Lower <= truth && truth <= e.Upper) / estimates.Length, "0.0") + "%",
    ];

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
