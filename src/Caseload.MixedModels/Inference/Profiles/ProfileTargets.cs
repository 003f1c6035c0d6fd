using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>All quantities of a fit whose limits are reported.</summary>
/// <param name="fit">The fit.</param>
/// <param name="model">Its likelihood.</param>
internal sealed class ProfileTargets(MixedModelFit fit, ProfileModel model)
{
    // Where a range ends at infinity, on the scale of Fisher's z, a correlation of 0.9999.
    private const double NearOne = 4.95;

    // Where a standard deviation of 0 is a matter of several parameters that do not vanish one by one.
    private const double NearZero = 1e-3;

    /// <summary>A coefficient of the columns as they were given, by its place among those of the design.</summary>
    internal static Quantity Coefficient(Designs.Design design, int place)
    {
        var weights = new double[design.Width];
        var unit = new double[design.Width];
        for (var k = 0; k < design.Width; k++)
        {
            unit[k] = 1;
            weights[k] = design.ToOriginal(unit)[place];
            unit[k] = 0;
        }

        return Quantity.Linear(weights);
    }

    /// <summary>The coefficients that have an estimate.</summary>
    internal IEnumerable<ProfileTarget> Coefficients()
    {
        if (model.Likelihood.FirstRandomParameter == 0) yield break;
        foreach (var effect in fit.FixedEffects.Where(effect => !double.IsNaN(effect.Estimate)))
        {
            var place = model.Design.Names.ToList().FindIndex(name => name.Name == effect.Term);
            yield return new ProfileTarget(Coefficient(model.Design, place),
                [new Reading(IntervalKind.FixedEffect, "", effect.Term, static value => value)]);
        }
    }

    /// <summary>What describes the random effects, in the order of the fit.</summary>
    internal IEnumerable<ProfileTarget> RandomPart()
    {
        foreach (var effects in fit.RandomEffects)
        {
            EffectRow[] rows = [.. effects.Terms.Select(term => model.Rows.First(row => row.Group == effects.Group && row.Term == term))];
            foreach (var row in rows) yield return Deviation(row);
            for (var second = 1; second < rows.Length; second++)
            {
                for (var first = 0; first < second; first++)
                {
                    if (HasCorrelation(rows[first], rows[second], rows.Length))
                        yield return Correlation(rows[first], rows[second], rows.Length);
                }
            }
        }

        foreach (var target in Shares()) yield return target;
        foreach (var target in Dispersions()) yield return target;
    }

    // Of a singular matrix of two effects the correlation is 1 or -1, and has a profile, or there is none. Of more effects correlations are
    // bound to each other there, and a search for the limit of one ends nowhere.
    private bool HasCorrelation(EffectRow first, EffectRow second, int effects) => effects == 2 && AreInStep(first, second)
        || !model.Rows.Where(row => row.Block == first.Block).SelectMany(row => row.Moves).Any(model.Resting.Contains);

    private bool AreInStep(EffectRow first, EffectRow second) => Math.Abs(first.Correlation(second, model.Peak.Point)) > 1 - 1e-12;

    private ProfileTarget Deviation(EffectRow row)
    {
        var readings = new List<Reading>
        {
            new(IntervalKind.StandardDeviation, row.Group, row.Term, static value => value),
            new(IntervalKind.Variance, row.Group, row.Term, static value => value * value),
        };
        if (fit.VarianceShares.Count == 1 && row.LogScale is null)
        {
            if (double.IsFinite(Share(1).PartitionCoefficient))
                readings.Add(new(IntervalKind.PartitionCoefficient, row.Group, "", value => Share(value).PartitionCoefficient));
            if (double.IsFinite(Share(1).MedianOddsRatio))
                readings.Add(new(IntervalKind.MedianOddsRatio, row.Group, "", value => Share(value).MedianOddsRatio));
        }
        else if (fit.VarianceShares.Count > 1 && double.IsFinite(fit.VarianceShares[0].MedianOddsRatio))
        {
            readings.Add(new(IntervalKind.MedianOddsRatio, row.Group, "", value => Share(value).MedianOddsRatio));
        }

        var isFlat = row.Parts.Count > 1 && row.Moves.Where(k => k != row.LogScale).All(model.Resting.Contains);
        return new ProfileTarget(Length(row), readings)
        {
            Lower = Zero(row),
            Inside = !isFlat ? null : point => [.. point.Select((value, k) => row.Parts[^1].Parameter == k ? NearZero : value)],
        };
    }

    // Of a model of one random intercept without residuals.
    private VarianceShare Share(double deviation) =>
        VarianceShare.Of("", deviation * deviation, deviation * deviation + fit.LatentVariance, fit.Link);

    private static Quantity Length(EffectRow row) => row switch
    {
        { Parts: [var (parameter, _, weight)], LogScale: null } => Linear(parameter, weight),
        { Parts: [_] } => Quantity.Of(row.Signed, row.Moves),
        _ => Quantity.Of(row.Deviation, row.Moves),
    };

    private static Quantity Linear(int parameter, double weight)
    {
        var weights = new double[parameter + 1];
        weights[parameter] = weight;
        return Quantity.Linear(weights);
    }

    private Edge Zero(EffectRow row) => new(0, row.IsSimple ? [.. row.Parts.Select(part => part.Parameter)] : [],
        row.Parts.Count == 1 ? 0 : NearZero * row.Deviation(model.Peak.Point))
    {
        Parameters = model.Rows.Count(other => other.Block == row.Block),
    };

    // On the scale of Fisher's z, on which profiles are nearer to parabolas.
    private ProfileTarget Correlation(EffectRow first, EffectRow second, int effects)
    {
        var quantity = Quantity.Of(
            point => Math.Atanh(first.Correlation(second, point) is var at && Math.Abs(at) > 1 - 1e-12 ? Math.Sign(at) : at),
             first.Moves.Concat(second.Moves).Distinct());

        // Two effects are in step where the second of the factor's diagonal elements is 0.
        var last = first.Parts.Concat(second.Parts).MaxBy(part => part.Element).Parameter;
        return new ProfileTarget(quantity, [new(IntervalKind.Correlation, first.Group, $"{first.Term} and {second.Term}", Math.Tanh)])
        {
            Lower = One(-1),
            Upper = One(1),
            Inside = !AreInStep(first, second) ? null
                : point => [.. point.Select((value, k) => k == last ? Math.Abs(point[last - 1]) / Math.Sinh(NearOne) : value)],
        };

        Edge One(int sign)
        {
            if (effects != 2) return new Edge(sign * double.PositiveInfinity, [], sign * NearOne);
            return new Edge(sign * double.PositiveInfinity, [last], sign * NearOne)
            {
                Start = point =>
                {
                    var start = (double[])point.Clone();
                    start[last - 1] = sign * Math.Sqrt(point[last - 1] * point[last - 1] + point[last] * point[last]);
                    return start;
                },
                Holds = point => Math.Sign(first.Correlation(second, point)) == sign,

                // Where an effect does not vary its correlation is any.
                Corners = [[last - 1, last], [.. first.Parts.Select(part => part.Parameter).Append(last - 1).Distinct()]],
            };
        }
    }

    // The share of the variance where it is not a function of one standard deviation. All effects are intercepts, of one element each.
    private IEnumerable<ProfileTarget> Shares()
    {
        if (fit.VarianceShares.Count == 0 || double.IsNaN(fit.VarianceShares[0].PartitionCoefficient)) yield break;
        if (fit.VarianceShares.Count == 1 && fit.Family != Family.Gaussian) yield break;
        foreach (var row in model.Rows)
        {
            // Relative to the residual variance its own is 1. The root of the odds of the share is nearly linear in the standard deviation,
            // also at 0, and has no upper end, beyond which a search could look for it.
            EffectRow[] others = [.. model.Rows.Where(other => other != row).Select(other => other with { LogScale = null })];
            var own = row with { LogScale = null };
            var level = fit.Family == Family.Gaussian ? 1 : fit.LatentVariance;
            var quantity = Quantity.Of(
                point => own.Signed(point) / Math.Sqrt(level + others.Sum(other => Math.Pow(other.Signed(point), 2))),
                others.Append(own).SelectMany(effect => effect.Moves).Distinct());
            yield return new ProfileTarget(quantity,
                [new(IntervalKind.PartitionCoefficient, row.Group, "", static odds => 1 / (1 + 1 / (odds * odds)))]) { Lower = Zero(own) };
        }
    }

    private IEnumerable<ProfileTarget> Dispersions()
    {
        var last = model.Peak.Point.Length - 1;
        if (fit.Family == Family.Gaussian)
        {
            yield return new ProfileTarget(Linear(last, 1), [new(IntervalKind.ResidualStandardDeviation, "residual", "", Math.Exp)]);
        }
        else if (model.Likelihood.DispersionParameters > 0)
        {
            yield return new ProfileTarget(Linear(last, 1), [new(IntervalKind.Dispersion, "", "", Math.Exp)]);
        }
    }
}
