using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.Models.MissingData;

/// <summary>
/// A logistic mixed model of a value that is imputed, and draws from the posterior of its parameters: coefficients and standard deviation
/// from the normal approximation at the maximum, then every authority's effect from its distribution given these.
/// </summary>
internal sealed class ImputationModel(ChildCells cells, ImputedVariable target)
{
    private const string Hits = "hits";
    private const string Misses = "misses";
    private const string Authority = "authority";

    // Authorities are numbered from 0; the added rows are of none of them.
    private const int Nobody = -1;

    // Every refit makes at least one more coefficient finite; more than a few are not seen.
    private const int MostRefits = 10;

    private static readonly string[] AreaNames = ["cin", "rate", "cin_rate"];

    private readonly IReadOnlyList<ImputationColumn> columns = ImputationColumns.Of(cells, target);
    private readonly double[][] areas =
        [cells.Cin, cells.Rate, [.. cells.Cin.Zip(cells.Rate, (cin, rate) => cin * rate)]];

    /// <summary>Fits the model and draws from it.</summary>
    /// <param name="training">The children whose value is known: those who have it, and those who have a later one.</param>
    /// <param name="draws">The random draws.</param>
    /// <exception cref="ProblemException">No estimate exists.</exception>
    internal PredictorDraw Draw(IReadOnlyList<TrainingCell> training, ImputationDraws draws)
    {
        if (training.All(cell => cell.Hits == 0)) return PredictorDraw.Certain(0);
        if (training.All(cell => cell.Misses == 0)) return PredictorDraw.Certain(1);
        var fit = Fit(training);
        var coefficients = Coefficients(fit, draws);
        var child = new double[cells.Patterns];
        Array.Fill(child, coefficients.GetValueOrDefault("(Intercept)"));
        foreach (var column in columns)
        {
            if (!coefficients.TryGetValue(column.Name, out var coefficient)) continue;
            for (var p = 0; p < child.Length; p++) child[p] += coefficient * column.Values[p];
        }

        var area = new double[cells.Authorities.Length];
        for (var a = 0; a < areas.Length; a++)
        {
            if (!coefficients.TryGetValue(AreaNames[a], out var coefficient)) continue;
            for (var j = 0; j < area.Length; j++) area[j] += coefficient * areas[a][j];
        }

        // The likelihood is even in the standard deviation, so a draw below 0 is folded.
        var (deviation, error) = (fit.RandomEffects[0].StandardDeviations[0], fit.RandomEffects[0].StandardDeviationErrors[0]);
        var drawn = double.IsFinite(error) ? Math.Abs(deviation + error * draws.Normal()) : deviation;
        AuthorityEffects.Add(new PredictorDraw(child, area), drawn, training, draws);
        return new PredictorDraw(child, area);
    }

    // A coefficient without a finite estimate gets one from two added children who differ from the reference in it alone, one with the
    // value and one without (after White, Daniel and Royston 2010, who add such rows for every covariate).
    private MixedModelFit Fit(IReadOnlyList<TrainingCell> training)
    {
        var added = new List<string>();
        for (var refit = 0; ; refit++)
        {
            var fit = MixedModel.Fit(Frame(training, added), Formula());
            var infinite = fit.FixedEffects.Where(e => !double.IsFinite(e.Estimate)).Select(e => e.Term).ToArray();
            if (infinite.Length == 0) return WithErrors(fit);
            if (infinite.Length == fit.FixedEffects.Count || infinite.All(added.Contains) || refit == MostRefits) return fit.Require();
            added.AddRange(infinite.Except(added));
        }
    }

    private static MixedModelFit WithErrors(MixedModelFit fit) =>
        fit.Require().FixedEffects.All(e => double.IsFinite(e.StandardError)) ? fit : throw new ProblemException(new Problem(
            ProblemKind.NoEstimate, "a model of missing values without standard errors", "a maximum of its likelihood", fit.Formula,
            "Too few children have recorded values: leave the imputation out."));

    private static Dictionary<string, double> Coefficients(MixedModelFit fit, ImputationDraws draws)
    {
        var width = fit.FixedEffects.Count;
        var normals = Vector<double>.Build.Dense(width, _ => draws.Normal());
        var shift = Matrix<double>.Build.DenseOfArray(fit.Covariance).Cholesky().Factor * normals;
        return Enumerable.Range(0, width).ToDictionary(
            k => fit.FixedEffects[k].Term, k => fit.FixedEffects[k].Estimate + shift[k], StringComparer.Ordinal);
    }

    private string Formula() =>
        $"cbind({Hits}, {Misses}) ~ {string.Join(" + ", columns.Select(c => c.Name).Concat(AreaNames))} + (1 | {Authority})";

    private Frame Frame(IReadOnlyList<TrainingCell> training, List<string> added)
    {
        var rows = training.Count + added.Count;
        NumberColumn Column(string name, Func<TrainingCell, double> value)
        {
            var values = new double[rows];
            for (var row = 0; row < training.Count; row++) values[row] = value(training[row]);
            for (var row = training.Count; row < rows; row++) values[row] = added[row - training.Count] == name ? 1 : 0;
            return new NumberColumn(name, values);
        }

        IntegerColumn Whole(string name, Func<TrainingCell, int> value, int ofAdded) =>
            new(name, [.. training.Select(value), .. Enumerable.Repeat(ofAdded, added.Count)]);

        return new Frame(
        [
            Whole(Hits, cell => cell.Hits, 1), Whole(Misses, cell => cell.Misses, 1), Whole(Authority, cell => cell.Authority, Nobody),
            .. columns.Select(column => Column(column.Name, cell => column.Values[cell.Pattern])),
            .. AreaNames.Select((name, a) => Column(name, cell => areas[a][cell.Authority])),
        ]);
    }
}

/// <summary>Children of an authority and pattern whose value is known.</summary>
/// <param name="Authority">The place of the authority.</param>
/// <param name="Pattern">The place of the pattern, the imputed variable at its first value.</param>
/// <param name="Hits">How many have the value.</param>
/// <param name="Misses">How many have a later one.</param>
internal readonly record struct TrainingCell(int Authority, int Pattern, int Hits, int Misses);
