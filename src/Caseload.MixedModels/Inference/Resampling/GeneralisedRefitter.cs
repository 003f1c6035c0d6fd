using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Numerics;
using Caseload.MixedModels.Optimisation;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Inference.Resampling;

/// <summary>
/// Refits a generalised model: the cells get other sums of the response, and Newton's method begins at the estimates before. Where it does
/// not end near them, or at an edge, or coefficients run away as under separation, the model is fitted from the beginning.
/// </summary>
internal sealed class GeneralisedRefitter : IRefitter
{
    // In standard errors, how far a coefficient may move; a response of the same model moves it further once in 10^15.
    private const double Furthest = 8;

    // A standard deviation, for a column of root mean square 1, below which the maximum may lie at 0.
    private const double NearZero = 0.05;

    // In standard errors: with second derivatives that leave a part out a step leaves a share of its length.
    private const double ShortStep = 1e-7;

    private const int QuickSteps = 8;

    private readonly RefitPlan plan;
    private readonly Estimates before;
    private readonly double[] sums;
    private readonly Design design;
    private readonly int free;
    private readonly int[] diagonal;
    private readonly double[] errors;
    private ILogLikelihood likelihood;

    internal GeneralisedRefitter(RefitPlan plan, Estimates before)
    {
        (this.plan, this.before, sums) = (plan, before, new double[plan.Design.Cells.Count]);
        design = plan.Design.Responding(sums);
        likelihood = ModelLikelihood.Of(plan.Data, design, before.Optimum.Likelihood);
        var hasOneIntercept = likelihood is MarginalLikelihood && plan.Data.Frame.Groupings.Count > 0;
        free = before.Optimum.Next.Length - (likelihood is MarginalLikelihood && !hasOneIntercept ? 1 : 0);
        diagonal = hasOneIntercept ? [design.Width] : likelihood is not IRandomEffectsLikelihood general ? []
            : [.. general.Factors.Elements.Select((element, e) => (element, e)).Where(at => at.element.Row == at.element.Column)
                .Select(at => design.Width + at.e)];
        errors = before.Covariance is null ? []
            : [.. Enumerable.Range(0, design.Width).Select(k => Math.Sqrt(before.Covariance[k, k]))];
    }

    private FittedData Data => plan.Data;

    /// <inheritdoc/>
    public MixedModelFit Refit(SimulatedResponse simulated)
    {
        var (response, frame) = (simulated.Response, Data.Frame.Responding(simulated.Response));
        if (errors.Length == 0 || double.IsInfinity(plan.Fit.Dispersion) || IsNearEdge(before.Optimum.Next)) return Anew(frame);
        Array.Clear(sums);
        var cells = design.Cells.OfRows;
        for (var row = 0; row < response.Length; row++) sums[cells[row]] += frame.Response.Successes[row];
        if (frame.Family == Family.NegativeBinomial)
            likelihood = ModelLikelihood.Of(Data with { Frame = frame }, design, before.Optimum.Likelihood);
        var optimum = Maximise(Start(simulated.Effects));
        if (optimum.Reason != StopReason.StepIsShort || IsNearEdge(optimum.Next) || HasRunAway(optimum.Next)) return Anew(frame);
        var estimates = likelihood is MarginalLikelihood ? OfOneIntercept(optimum) : OfAny(optimum, frame);
        if (estimates.BetaCovariance is null || double.IsInfinity(estimates.Dispersion)) return Anew(frame);
        return new FitAssembly(frame, design, new HashSet<string>(), estimates).Complete(plan.Fit with { Checks = [], Data = null });
    }

    // The standard deviation of one intercept is nearly that of the effects behind the response, and the modes are nearly these, drawn
    // towards 0. What begins at the estimates before needs a step more.
    private Optimum Start(double[] effects)
    {
        var (point, modes) = ((double[])before.Optimum.Next.Clone(), before.Again.Modes);
        if (effects.Length != modes.Length || before.Again.Precisions.Length != modes.Length || modes.Length == 0)
            return Optimum.Start(likelihood, point, modes);
        var sigma = Math.Sqrt(Vectors.Dot(effects, effects) / effects.Length);
        if (!(sigma > Math.Abs(point[^1]) / 2)) return Optimum.Start(likelihood, point, modes);
        point[^1] = sigma;
        modes = [.. effects.Zip(before.Again.Precisions, (effect, precision) => effect / sigma * (1 - 1 / precision))];
        return Optimum.Start(likelihood, point, modes);
    }

    // Newton's steps shorten quadratically: where the last two tell that the next one is far too short, it is not looked at. Where they do
    // not, or the log-likelihood does not rise all the way, the search with safeguards goes on.
    private Optimum Maximise(Optimum start)
    {
        var settings = Data.Settings;
        if (!likelihood.HasExactHessian) return new NewtonOptimiser(settings).Maximise(start, free, ShortStep);
        var (at, last, trace) = (start, double.NaN, new List<OptimiserStep>());
        while (at.At.ModesFound && trace.Count < QuickSteps
            && Cholesky.Factor(NewtonOptimiser.Information(at.At.Hessian, free, 0)) is { } factor)
        {
            var step = new double[at.Point.Length];
            factor.Solve(at.At.Gradient.AsSpan(0, free)).CopyTo(step, 0);
            var length = Math.Sqrt(Math.Max(Vectors.Dot(at.At.Gradient, step), 0));
            trace.Add(new OptimiserStep(trace.Count, at.At.LogLikelihood, Math.Abs(at.Point[^1]), length, 1));
            double[] next = [.. at.Point.Zip(step, (value, move) => value + move)];
            var isShort = length <= settings.StepTolerance || length * length * length / (last * last) <= settings.StepTolerance / 100;
            if (isShort) return at with { Reason = StopReason.StepIsShort, Next = next, Trace = trace };
            var there = new Optimum(likelihood, next, likelihood.Evaluate(next, at.At.ModesAlong(step, 1)));
            if (!(there.At.LogLikelihood > at.At.LogLikelihood)) break;
            (at, last) = (there, length);
        }

        return new NewtonOptimiser(settings).Maximise(at, free, settings.StepTolerance);
    }

    private MixedModelFit Anew(ModelFrame frame) => MixedModel.Fit(frame, Data.Settings) with { Data = null };

    private bool IsNearEdge(double[] point) => diagonal.Any(k => Math.Abs(point[k]) < NearZero);

    private bool HasRunAway(double[] point) =>
        Enumerable.Range(0, design.Width).Any(k => Math.Abs(point[k] - before.Optimum.Next[k]) > Furthest * errors[k])
        || (likelihood.DispersionParameters > 0 && Math.Abs(point[^1] - before.Optimum.Next[^1]) > Math.Log(Furthest));

    // The last step is short enough for everything that is needed there to follow from where it was made.
    private Estimates OfOneIntercept(Optimum optimum)
    {
        double[] step = [.. optimum.Next.Zip(optimum.Point, (to, from) => to - from)];
        var at = optimum.At with
        {
            LogLikelihood = optimum.At.LogLikelihood + optimum.StepLength * optimum.StepLength / 2,
            Modes = optimum.At.ModesAlong(step, 1),
        };
        var covariance = NewtonOptimiser.Covariance(at.Hessian, free);
        return new Estimates(design, optimum, at, covariance)
        {
            Beta = optimum.Next[..design.Width],
            BetaCovariance = covariance,
            ParameterNames = [],
            Random = diagonal.Length == 0 ? RandomPart.None : RandomInterceptSearch.Random(Data.Frame.Groupings[0].Groups,
                optimum.Next[^1], at, covariance is null ? double.NaN : Math.Sqrt(covariance[free - 1, free - 1])),
        };
    }

    private Estimates OfAny(Optimum optimum, ModelFrame frame)
    {
        RandomEstimates? random = null;
        var estimates = Estimates.Joint(design, optimum, before.ParameterNames.Skip(design.Width).ToArray(), (at, again, covariance) =>
        {
            if (likelihood is not IRandomEffectsLikelihood general) return RandomPart.None;
            random = RandomEstimates.Of(general, at, again, covariance);
            return random.Part.InOrderOf(frame.Groupings);
        });
        return estimates with
        {
            Singular = random?.Singular ?? [],
            Dispersion = likelihood.DispersionParameters > 0 ? Math.Exp(estimates.Optimum.Next[^1]) : 1,
        };
    }
}
