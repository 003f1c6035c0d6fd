using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.GroupComparisons;

/// <summary>A group's rank.</summary>
/// <param name="Level">The group.</param>
/// <param name="Effect">The conditional mode.</param>
/// <param name="MeanRank">The mean of the rank given the data; 1 is the lowest effect.</param>
/// <param name="Lower">The lower end of the rank's interval.</param>
/// <param name="Upper">Its upper end.</param>
public sealed record RankedGroup(string Level, double Effect, double MeanRank, int Lower, int Upper);

/// <summary>The groups in order of their mean rank, with intervals of the ranks (Goldstein and Spiegelhalter 1996).</summary>
/// <param name="Group">The grouping and the effect.</param>
/// <param name="Level">The level of the intervals.</param>
/// <param name="Rows">The groups.</param>
public sealed record GroupRanks(string Group, double Level, IReadOnlyList<RankedGroup> Rows) : InferenceResult
{
    private const int FewestDraws = 100;

    internal static GroupRanks Of(MixedModelFit fit, GroupSettings settings)
    {
        var effects = GroupEffects.Of(fit, settings);
        if (settings.Draws < FewestDraws)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, FormattableString.Invariant($"{settings.Draws} draws"),
                FormattableString.Invariant($"{FewestDraws} or more"), "draws", "Draw 4000, as is the default."));
        if (!(effects.Variance > 0)) return Unknown(effects, settings.Level);
        var ranks = Draw(effects.Modes, settings);
        var rows = effects.Modes.Select((mode, group) =>
        {
            Array.Sort(ranks[group]);
            var (low, high) = ((1 - settings.Level) / 2, (1 + settings.Level) / 2);
            return new RankedGroup(mode.Level, mode.Mode, ranks[group].Average(), At(ranks[group], low), At(ranks[group], high));
        });
        return new GroupRanks(effects.Words, settings.Level,
            [.. rows.OrderBy(row => row.MeanRank).ThenBy(row => row.Level, StringComparer.Ordinal)])
        {
            Remarks =
            [
                FormattableString.Invariant($"Ranks of {settings.Draws} draws of all effects given the data (seed {settings.Seed}), each ")
                    + "group's from its own normal distribution. Intervals of single ranks; of all together fewer hold. Ranks say nothing "
                    + "of how far apart groups are.",
                .. effects.Remarks,
            ],
        };
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of([Rows.Max(row => Math.Abs(row.Effect))], 3);
        yield return new FitTable($"Groups of {Group} by rank, 1 the lowest",
            ["group", "effect", "mean rank", FormattableString.Invariant($"{100 * Level:0.#}% from"), "to"], 1,
            Excerpt.Of(Rows, row =>
            [
                row.Level, number.Text(row.Effect), FitTable.Decimals(row.MeanRank, 1), FormattableString.Invariant($"{row.Lower}"),
                FormattableString.Invariant($"{row.Upper}"),
            ]));
    }

    private static int At(int[] sorted, double probability) =>
        sorted[Math.Clamp((int)Math.Ceiling(probability * sorted.Length) - 1, 0, sorted.Length - 1)];

    private static GroupRanks Unknown(GroupEffects effects, double level)
    {
        var count = effects.Modes.Count;
        return new GroupRanks(effects.Words, level, [.. effects.Modes.OrderBy(mode => mode.Level, StringComparer.Ordinal)
            .Select(mode => new RankedGroup(mode.Level, mode.Mode, (1 + count) / 2.0, 1, count))])
        {
            Remarks = [$"The variance of {effects.Words} is estimated as 0, so that any order of the groups is as likely as another."],
        };
    }

    private static int[][] Draw(IReadOnlyList<ConditionalMode> modes, GroupSettings settings)
    {
        var random = new Random(settings.Seed);
        var ranks = modes.Select(_ => new int[settings.Draws]).ToArray();
        var (effects, order) = (new double[modes.Count], new int[modes.Count]);
        for (var draw = 0; draw < settings.Draws; draw++)
        {
            for (var group = 0; group < effects.Length; group++)
            {
                effects[group] = modes[group].Mode + modes[group].StandardError * StandardNormal.Draw(random);
                order[group] = group;
            }

            Array.Sort(effects, order);
            for (var place = 0; place < order.Length; place++) ranks[order[place]][draw] = place + 1;
        }

        return ranks;
    }
}
