using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.GroupComparisons;

/// <summary>How a group stands against what the model expects of it.</summary>
public enum Standing
{
    /// <summary>Less than expected.</summary>
    Below,

    /// <summary>Not told from what is expected.</summary>
    NotTold,

    /// <summary>More than expected.</summary>
    Above,
}

/// <summary>A group's chances of exceeding an effect of a size.</summary>
/// <param name="Level">The group.</param>
/// <param name="Effect">The conditional mode.</param>
/// <param name="StandardError">Its comparative standard error.</param>
/// <param name="Above">The probability given the data that the effect exceeds the size.</param>
/// <param name="Below">The probability that it lies below minus the size.</param>
/// <param name="Standing">What is said of it.</param>
public sealed record GroupChance(string Level, double Effect, double StandardError, double Above, double Below, Standing Standing);

/// <summary>The groups that are more or less than expected, with the share of false ones under control.</summary>
/// <param name="Group">The grouping and the effect.</param>
/// <param name="Size">The size that counts as more than expected, on the scale of the linear predictor.</param>
/// <param name="FalseDiscovery">The share of false ones that is put up with.</param>
/// <param name="Expected">The share that is expected among those named; 0 where none is.</param>
/// <param name="Rows">The groups in order of their effect.</param>
public sealed record UnexpectedGroups(string Group, double Size, double FalseDiscovery, double Expected, IReadOnlyList<GroupChance> Rows)
    : InferenceResult
{
    internal static UnexpectedGroups Of(MixedModelFit fit, double size, double falseDiscovery, GroupSettings settings)
    {
        var effects = GroupEffects.Of(fit, settings);
        Levels.Require(falseDiscovery, "share of false discoveries");
        if (!(size >= 0 && double.IsFinite(size)))
            throw new ProblemException(new Problem(ProblemKind.WrongUsage,
                string.Create(CultureInfo.InvariantCulture, $"an effect of size {size}"),
                "a number from 0 on the scale of the linear predictor", "size", "Give Math.Log(1.2) for an odds ratio of 1.2."));
        GroupChance[] rows = [.. effects.Modes.OrderBy(mode => mode.Mode).ThenBy(mode => mode.Level, StringComparer.Ordinal)
            .Select(mode => new GroupChance(mode.Level, mode.Mode, mode.StandardError, Beyond(mode.Mode, mode.StandardError, size),
                Beyond(-mode.Mode, mode.StandardError, size), Standing.NotTold))];
        var (named, expected) = Named([.. rows.Select(row => 1 - Math.Max(row.Above, row.Below))], falseDiscovery);
        return new UnexpectedGroups(effects.Words, size, falseDiscovery, expected, [.. rows.Select((row, i) => !named.Contains(i) ? row
            : row with { Standing = row.Above > row.Below ? Standing.Above : Standing.Below })])
        {
            Remarks = [Said(rows, named, (size, falseDiscovery, expected)), .. effects.Remarks],
        };
    }

    private static string Said(GroupChance[] rows, IReadOnlySet<int> named, (double Size, double FalseDiscovery, double Expected) at)
    {
        var rate = FormattableString.Invariant($"{100 * at.FalseDiscovery:0.#}%");
        var set = named.Count == 0
            ? FormattableString.Invariant($"None of {rows.Length} groups is named: of any, more than {rate} would be expected not to ")
                + FormattableString.Invariant($"lie beyond {at.Size:0.###} on its side (Bayesian false-discovery rate). ")
            : FormattableString.Invariant($"{named.Count} of {rows.Length} groups are named; {100 * at.Expected:0.0}% of them are ")
                + FormattableString.Invariant($"expected not to lie beyond {at.Size:0.###} on their side (Bayesian false-discovery rate, ")
                + FormattableString.Invariant($"at most {rate}). ")
                + "That holds of the set: the least certain of it does with probability "
                + FormattableString.Invariant($"{named.Min(i => Math.Max(rows[i].Above, rows[i].Below)):0.00}. ");
        return set + "The effects given the data are taken as normal, and the estimates of the model as known.";
    }

    /// <summary>
    /// The largest set of groups whose mean probability of being false stays within a rate (Newton, Noueiry, Sarkar and Ahlquist 2004).
    /// </summary>
    internal static (IReadOnlySet<int> Named, double Expected) Named(double[] chancesOfFalse, double rate)
    {
        var order = Enumerable.Range(0, chancesOfFalse.Length).OrderBy(i => chancesOfFalse[i]).ToArray();
        var (sum, count, expected) = (0.0, 0, 0.0);
        for (var k = 0; k < order.Length; k++)
        {
            sum += chancesOfFalse[order[k]];
            if (sum > rate * (k + 1)) break;
            (count, expected) = (k + 1, sum / (k + 1));
        }

        return (order[..count].ToHashSet(), expected);
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of(Rows.Select(row => row.StandardError), 3);
        var size = FormattableString.Invariant($"{Size:0.###}");
        yield return new FitTable($"Groups of {Group}: more or less than expected", ["group", "standing", "effect", "SE", $"P(> {size})",
            $"P(< {(Size == 0 ? "0" : "-" + size)})"], 2, Excerpt.Of(Rows, row =>
        [
            row.Level, row.Standing switch { Standing.Above => "above", Standing.Below => "below", _ => "-" },
            number.Text(row.Effect), number.Text(row.StandardError), FitTable.Decimals(row.Above, 3), FitTable.Decimals(row.Below, 3),
        ]));
    }

    // Of an effect that is known to be 0 the chance of exceeding 0 is none.
    private static double Beyond(double mode, double error, double size) => error > 0 ? StandardNormal.Below((mode - size) / error) : 0;
}
