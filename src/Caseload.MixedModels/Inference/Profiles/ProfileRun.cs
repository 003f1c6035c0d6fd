using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>Finds the limits of all quantities of a fit, side by side, each by itself: the result depends on no processor.</summary>
/// <param name="fit">The fit.</param>
/// <param name="level">The probability with which an interval holds the truth.</param>
/// <param name="cancellation">Stops between steps of a search.</param>
internal sealed class ProfileRun(MixedModelFit fit, double level, CancellationToken cancellation)
{
    private readonly ProfileModel model = ProfileModel.Of(fit.Data!);
    private readonly double fall = Math.Pow(StandardNormal.HalfWidth(level), 2) / 2;

    internal IntervalTable Run()
    {
        ProfileTarget[] targets = [.. new ProfileTargets(fit, model) is var all ? all.Coefficients().Concat(all.RandomPart()) : []];
        var limits = new Limit[2 * targets.Length];
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, limits.Length, options, model.Likelihood.Another, (i, _, likelihood) =>
        {
            limits[i] = new LimitFinder(model, likelihood, fall, cancellation).Find(targets[i / 2], i % 2 == 0 ? -1 : 1);
            return likelihood;
        }, static _ => { });
        var intervals = targets.SelectMany((target, i) => Read(target, limits[2 * i], limits[2 * i + 1])).ToList();
        var unbounded = fit.Family == Family.Gaussian ? [] : Unbounded().ToArray();
        intervals.AddRange(unbounded);
        return new IntervalTable("profile likelihood", level, [.. InOrder(intervals)])
        {
            Ratio = FitWords.Ratio(fit),
            Remarks = [.. limits.Select(limit => limit.Remark).OfType<string>().Distinct(), .. Remarks(unbounded), .. Missing(intervals)],
        };
    }

    private IEnumerable<IntervalEstimate> Read(ProfileTarget target, Limit lower, Limit upper)
    {
        var estimate = target.Quantity.Value(model.Peak.Point);
        return target.Readings.Select(reading => new IntervalEstimate(reading.Kind, reading.Group, reading.Term, reading.Of(estimate),
            reading.Of(lower.Value), reading.Of(upper.Value)));
    }

    // Coefficients that rise or fall for ever, on the design with all of its cells.
    private IEnumerable<IntervalEstimate> Unbounded()
    {
        string[] terms = [.. fit.FixedEffects.Where(effect => double.IsNaN(effect.Estimate)).Select(effect => effect.Term)];
        if (terms.Length == 0) yield break;
        var (whole, likelihood) = (model.Whole, ModelLikelihood.Of(fit.Data!, model.Whole, model.Likelihood));
        var start = Spread(whole, likelihood);
        foreach (var term in terms)
        {
            cancellation.ThrowIfCancellationRequested();
            var quantity = ProfileTargets.Coefficient(whole, whole.Names.ToList().FindIndex(name => name.Name == term));
            var (lower, upper) = new LimitFinder(model, likelihood, fall, cancellation).OfUnbounded(start, quantity, model.Peak.Value);
            var estimate = double.IsInfinity(upper.Value) ? upper.Value : lower.Value;
            if (double.IsInfinity(lower.Value) && double.IsInfinity(upper.Value)) estimate = double.NaN;
            yield return new IntervalEstimate(IntervalKind.FixedEffect, "", term, estimate, lower.Value, upper.Value);
        }
    }

    private Stand Spread(Design whole, ILogLikelihood likelihood)
    {
        var names = model.Design.Names.Select(name => name.Name).ToList();
        double[] point =
        [
            .. whole.Names.Select(name => names.IndexOf(name.Name) is var place and >= 0 ? model.Peak.Point[place] : 0),
            .. model.Peak.Point.Skip(model.Design.Width),
        ];
        return new Stand(point, likelihood.Evaluate(point, new double[likelihood.ModeCount]));
    }

    private IEnumerable<IntervalEstimate> InOrder(List<IntervalEstimate> intervals) =>
        fit.FixedEffects.SelectMany(effect => intervals.Where(at => at.Kind == IntervalKind.FixedEffect && at.Term == effect.Term))
            .Concat(intervals.Where(at => at.Kind != IntervalKind.FixedEffect));

    private IEnumerable<string> Remarks(IntervalEstimate[] unbounded)
    {
        var isFound = unbounded.ToLookup(at => double.IsFinite(at.Lower) || double.IsFinite(at.Upper), at => at.Term);
        if (isFound[true].Any())
            yield return $"The likelihood rises for ever with {string.Join(", ", isFound[true])}: the estimate and one limit are infinite, "
                + "the other limit is finite.";
        if (isFound[false].Any())
            yield return $"The likelihood rises for ever with {string.Join(", ", isFound[false])}; on the other side no limit was found, "
                + "as where it stays high because other coefficients run away.";
        if (fit.Method == FitMethod.Reml)
            yield return "Restricted likelihood: there are no profiles of fixed effects, whose restricted likelihoods do not compare. "
                + "Fit by maximum likelihood for those.";
        if (fit.Method == FitMethod.Lm)
            yield return "The SD of the residuals is that of maximum likelihood, which divides by the number of observations.";
        if (fit.Family == Family.NegativeBinomial && double.IsPositiveInfinity(fit.Dispersion))
            yield return "The dispersion is infinite; the limits are those of the Poisson family.";
    }

    private IEnumerable<string> Missing(List<IntervalEstimate> intervals) =>
        from block in fit.RandomEffects
        let pairs = block.Terms.Count * (block.Terms.Count - 1) / 2
        where block.Terms.Count > 1 && pairs > intervals.Count(at => at.Kind == IntervalKind.Correlation && at.Group == block.Group)
        select $"The effects of {block.Group} vary in fewer directions than there are of them: their correlations have no profiles.";
}
