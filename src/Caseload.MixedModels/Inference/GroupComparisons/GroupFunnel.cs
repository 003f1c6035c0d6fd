using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Predictions;
using Caseload.MixedModels.Inference.Rows;
using Caseload.MixedModels.Inference.Variances;

namespace Caseload.MixedModels.Inference.GroupComparisons;

/// <summary>A group in a funnel.</summary>
/// <param name="Level">The group.</param>
/// <param name="Observed">The successes or counts.</param>
/// <param name="Expected">What the fixed effects expect, averaged over the random effects.</param>
/// <param name="Deviation">The standard deviation by chance of observed over expected.</param>
/// <param name="Spread">The standard deviation with over-dispersion: the limits are 1 and so many of it.</param>
public sealed record FunnelGroup(string Level, double Observed, double Expected, double Deviation, double Spread)
{
    /// <summary>Observed over expected.</summary>
    public double Ratio => Observed / Expected;

    /// <summary>How far the ratio lies from 1, in units of the spread.</summary>
    public double Z => (Ratio - 1) / Spread;

    /// <summary>The limits that hold a share of the groups where all are as expected.</summary>
    /// <param name="level">The share.</param>
    public (double Lower, double Upper) Limits(double level)
    {
        Levels.Require(level, "level");
        var half = StandardNormal.HalfWidth(level) * Spread;
        return (Math.Max(1 - half, 0), 1 + half);
    }
}

/// <summary>Observed over expected for each group, with funnel limits.</summary>
/// <param name="Group">The grouping.</param>
/// <param name="Dispersion">How the limits allow for over-dispersion.</param>
/// <param name="Factor">
/// The mean of the squared winsorised deviations, phi: about 0.68 where groups differ by chance alone; limits widen above 1.
/// </param>
/// <param name="Variance">The variance beside chance of the additive model, tau^2; 0 with others.</param>
/// <param name="Rows">The groups by their expected number.</param>
public sealed record GroupFunnel(string Group, FunnelDispersion Dispersion, double Factor, double Variance, IReadOnlyList<FunnelGroup> Rows)
    : InferenceResult
{
    // The share of groups at either end that is drawn in before the dispersion is measured.
    private const double Winsorised = 0.1;

    private const double Warning = 0.95;
    private const double Action = 0.998;

    internal static GroupFunnel Of(MixedModelFit fit, FunnelDispersion dispersion, GroupSettings settings)
    {
        var group = GroupEffects.Of(fit, settings).Group;
        if (fit.Family == Family.Gaussian)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage,
                "a funnel of a Gaussian model, which has no observed and expected number", "the binomial family or one of counts",
                fit.Formula, "Compare the groups with CompareGroups instead."));
        var (phi, variance, groups) = Spread(Groups(fit, group), dispersion);
        return new GroupFunnel(group, dispersion, phi, variance,
            [.. groups.OrderBy(row => row.Expected).ThenBy(row => row.Level, StringComparer.Ordinal)])
        {
            Remarks =
            [
                FormattableString.Invariant($"Dispersion phi {phi:0.00}: the mean squared deviation of the groups, the outer tenths drawn ")
                    + "in; chance alone gives about 0.68. " + dispersion switch
                    {
                        FunnelDispersion.Additive =>
                            FormattableString.Invariant($"Limits have the variance {variance:G3} beside that by chance."),
                        FunnelDispersion.Multiplicative => "Limits have the variance by chance times phi where that exceeds 1.",
                        _ => "Limits are those of chance alone.",
                    } + " They are normal: where fewer than about 10 are expected they are rough (Spiegelhalter 2005).",
                "For one group against what the fixed effects expect of it, not for telling two groups apart. Of groups that differ by "
                    + "chance alone one in 20 lies outside the inner limits and one in 500 outside the outer."
                    + (dispersion == FunnelDispersion.None || phi <= 1 ? ""
                        : " Of groups that differ beside chance, all from one normal distribution, about one in 9 and one in 80 do, as the "
                            + "tenths drawn in hold part of their variance."),
            ],
        };
    }

    /// <summary>The dispersion of the groups, and their spread with it.</summary>
    internal static (double Phi, double Variance, IReadOnlyList<FunnelGroup> Groups) Spread(IReadOnlyList<FunnelGroup> groups,
        FunnelDispersion dispersion)
    {
        double[] deviations = [.. groups.Select(group => (group.Ratio - 1) / group.Deviation).Order()];
        var (low, high) = (Quantiles.Of(deviations, Winsorised), Quantiles.Of(deviations, 1 - Winsorised));
        var phi = deviations.Average(z => Math.Pow(Math.Clamp(z, low, high), 2));
        double[] weights = [.. groups.Select(group => 1 / (group.Deviation * group.Deviation))];
        var variance = dispersion != FunnelDispersion.Additive ? 0 : Math.Max(0,
            (groups.Count * phi - (groups.Count - 1)) / (weights.Sum() - weights.Sum(w => w * w) / weights.Sum()));
        return (phi, variance, [.. groups.Select(group => group with
        {
            Spread = dispersion == FunnelDispersion.Multiplicative ? group.Deviation * Math.Sqrt(Math.Max(phi, 1))
                : Math.Sqrt(group.Deviation * group.Deviation + variance),
        })]);
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var expected = AlignedNumbers.Of(Rows.Select(row => row.Expected), 4);
        yield return new FitTable($"Groups of {Group}: observed over expected, with funnel limits",
            ["group", "observed", "expected", "ratio", "95% from", "to", "99.8% from", "to", "z"], 1, Excerpt.Of(Rows, row =>
            [
                row.Level, FitTable.Decimals(row.Observed, 0), expected.Text(row.Expected), FitTable.Decimals(row.Ratio, 3),
                FitTable.Decimals(row.Limits(Warning).Lower, 3), FitTable.Decimals(row.Limits(Warning).Upper, 3),
                FitTable.Decimals(row.Limits(Action).Lower, 3), FitTable.Decimals(row.Limits(Action).Upper, 3),
                FitTable.Decimals(row.Z, 2),
            ]));
    }

    private static FunnelGroup[] Groups(MixedModelFit fit, string name)
    {
        var (rows, frame) = (PredictorRows.OfData(fit), PredictorRows.Data(fit).Frame);
        var (groups, variances) = (frame.Groupings.First(grouping => grouping.Groups.Name == name).Groups, rows.Variances());
        var (observed, expected, chance) = (new double[groups.Size], new double[groups.Size], new double[groups.Size]);
        for (var row = 0; row < rows.Count; row++)
        {
            var (group, trials) = (groups.Codes[row], frame.Response.Trials[row]);
            var mean = AveragedMean.At(fit.Link, rows.FixedPart[row], variances[row]).Value;
            observed[group] += frame.Response.Successes[row];
            expected[group] += trials * mean;
            chance[group] += trials * (fit.Family switch
            {
                Family.Binomial => mean * (1 - mean),
                Family.NegativeBinomial => mean + mean * mean / fit.Dispersion,
                _ => mean,
            });
        }

        return [.. groups.Levels!.Select((level, group) =>
            new FunnelGroup(level, observed[group], expected[group], Math.Sqrt(chance[group]) / expected[group], 0))];
    }
}
