using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Rows;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>Predicts the linear predictor of rows in groups of the fit.</summary>
/// <remarks>
/// The error of x'beta + z'u has the variance g'Vg + z'Cz: C is the covariance of u given the data and beta, V that of beta, and
/// g = x - (Z'WX)'C z, as the mode of u moves against beta. Of a linear model with known variances it is the prediction error variance of
/// Henderson's (1975) equations.
/// </remarks>
internal sealed class KnownGroups
{
    private readonly MixedModelFit fit;
    private readonly ConditionalEffects conditional;
    private readonly int[][] groups;

    internal KnownGroups(MixedModelFit fit, Frame frame)
    {
        (this.fit, conditional) = (fit, new ConditionalEffects(fit));
        groups = [.. conditional.Groupings.Select(grouping => Groups(fit, grouping.Groups.Name, grouping.Groups.Levels!, frame))];
    }

    /// <summary>The linear predictor of a row and its standard error.</summary>
    internal (double Eta, double Error) At(int row, PredictorRows rows)
    {
        double[] slopes = [.. rows.Columns.Select(column => column[row])];
        var (eta, variance) = (rows.FixedPart[row], 0.0);
        var touched = new Dictionary<EffectComponent, List<(int Place, double Value)>>();
        for (var g = 0; g < groups.Length; g++)
        {
            var (component, first) = conditional.Of(g, groups[g][row]);
            if (!touched.TryGetValue(component, out var z)) touched.Add(component, z = []);
            var effect = 0;
            foreach (var column in rows.Random.Where(random => random.Effect.Group == conditional.Groupings[g].Groups.Name)
                .SelectMany(random => random.Columns))
            {
                eta += column[row] * conditional.Modes[g][groups[g][row]][effect];
                z.Add((first + effect++, column[row]));
            }
        }

        foreach (var (component, z) in touched) variance += component.Variance(z, slopes);
        for (var k = 0; k < slopes.Length; k++)
        {
            for (var l = 0; l < slopes.Length; l++) variance += slopes[k] * slopes[l] * fit.Covariance[k, l];
        }

        return (eta, Math.Sqrt(Math.Max(variance, 0)));
    }

    private static int[] Groups(MixedModelFit fit, string name, IReadOnlyList<string> levels, Frame frame)
    {
        Column[] columns = [.. fit.Recipe.Formula.RandomTerms.First(term => term.GroupName == name).Group.Select(column =>
            frame.Find(column.Name) ?? throw Refused($"no column {column.Name} in the data", "the groups to predict for"))];
        var known = levels.Select((level, i) => (level, i)).ToDictionary(l => l.level, l => l.i, StringComparer.Ordinal);
        var labels = fit.Recipe.RandomColumns(frame).First(effect => effect.Group == name).Labels;
        return [.. labels.Select((label, row) => known.TryGetValue(label, out var group) ? group
            : throw Refused(columns.Any(column => column.IsMissing(row)) ? $"a missing group of {name} in row {row + 1}"
                : $"a group of {name} in row {row + 1} that the fit has not seen", "groups of the data of the fit"))];

        static ProblemException Refused(string found, string expected) => new(new Problem(ProblemKind.CheckFailed, found, expected,
            "groups", "Predict with GroupsAs.Averaged or GroupsAs.Unseen, which need no known group, or correct the data."));
    }
}
