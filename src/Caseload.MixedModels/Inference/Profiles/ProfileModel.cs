using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>The likelihood of a fit at its maximum, found again from the fit's data.</summary>
internal sealed class ProfileModel
{
    private const double Vanishing = 1e-8;

    private readonly IReadOnlyList<FactorElement> elements;

    private ProfileModel(Design design, ILogLikelihood likelihood, double[] point, IReadOnlyList<FactorElement> elements)
    {
        (Design, Likelihood, this.elements) = (design, likelihood, elements);
        Settle(point.AsSpan(likelihood.FirstRandomParameter, elements.Count));
        Orient(point);
        Peak = new Stand(point, likelihood.Confirm(point));
        Resting = Zeros(point, 0);
    }

    /// <summary>The design that the likelihood is of; where something is separated, of what is left without it.</summary>
    internal Design Design { get; }

    internal ILogLikelihood Likelihood { get; }

    /// <summary>The maximum, with the signs of standard deviations positive.</summary>
    internal Stand Peak { get; }

    /// <summary>The random effects' rows of their covariance factors.</summary>
    internal required IReadOnlyList<EffectRow> Rows { get; init; }

    /// <summary>Parameters that are none of the model's, and stay as they are.</summary>
    internal int[] Fixed { get; init; } = [];

    /// <summary>
    /// Standard deviations whose estimate is 0, and what belongs to the same column of a covariance factor: 0 is stationary, and they stay
    /// there unless something else makes the likelihood rise with them.
    /// </summary>
    internal int[] Resting { get; }

    /// <summary>The design of all columns and cells, separated ones included.</summary>
    internal required Design Whole { get; init; }

    /// <summary>Finds the estimates of a fit again.</summary>
    internal static ProfileModel Of(FittedData data) =>
        data.Settings.Family == Family.Gaussian ? OfLinear(data) : OfGeneralised(data);

    /// <summary>The positions of the parameters that may move.</summary>
    /// <param name="quantity">What is profiled.</param>
    internal int[] Free(Quantity quantity) => [.. Enumerable.Range(0, Peak.Point.Length)
        .Where(k => !Fixed.Contains(k) && (!Resting.Contains(k) || quantity.MovesWith(k)))];

    /// <summary>The parameters of those columns of the covariance factors whose elements are all 0.</summary>
    /// <param name="point">The parameters.</param>
    /// <param name="tolerance">How large an element may be that is taken for 0.</param>
    internal int[] Zeros(double[] point, double tolerance) =>
    [
        .. from e in Enumerable.Range(0, elements.Count)
           let column = Enumerable.Range(0, elements.Count)
               .Where(other => elements[other].Grouping == elements[e].Grouping && elements[other].Column == elements[e].Column)
           where column.All(other => Math.Abs(point[Likelihood.FirstRandomParameter + other]) <= tolerance)
           select Likelihood.FirstRandomParameter + e,
    ];

    private static ProfileModel OfLinear(FittedData data)
    {
        var fitter = new GaussianFitter(data.Frame, data.Settings);
        fitter.Fit();
        var (statistics, optimum) = fitter.Found!.Value;
        var joint = new LinearJointLikelihood(statistics, data.Settings.Reml);
        var (beta, squares) = joint.Solution(optimum.Next);
        double[] point = [.. beta.Take(joint.FirstRandomParameter), .. optimum.Next, Math.Log(squares / joint.Freedom) / 2];
        return new ProfileModel(statistics.Design, joint, point, joint.Elements)
        {
            Rows = [.. EffectRow.Of(joint.Layout, joint.Elements, joint.FirstRandomParameter, point.Length - 1)],
            Whole = statistics.Design,
        };
    }

    private static ProfileModel OfGeneralised(FittedData data)
    {
        var fitter = new Fitter(data.Frame, data.Settings);
        fitter.Fit();
        var (whole, estimates) = fitter.Found!;
        var (likelihood, point) = (estimates.Optimum.Likelihood, (double[])estimates.Optimum.Next.Clone());
        if (likelihood is IRandomEffectsLikelihood general)
        {
            return new ProfileModel(estimates.Design, likelihood, point, general.Factors.Elements)
            {
                Rows = [.. EffectRow.Of(general.Layout, general.Factors.Elements, general.FirstRandomParameter, null)],
                Whole = whole,
            };
        }

        // Without random effects a likelihood of one intercept stands in, whose standard deviation stays at 0.
        var hasIntercept = data.Frame.Groupings.Count > 0;
        return new ProfileModel(estimates.Design, likelihood, point, hasIntercept ? [new FactorElement(0, 0, 0, "")] : [])
        {
            Rows = hasIntercept
                ? [new EffectRow(data.Frame.Groupings[0].Groups.Name, DesignColumn.InterceptName, [(point.Length - 1, 0, 1)])] : [],
            Fixed = hasIntercept || likelihood.DispersionParameters > 0 ? [] : [point.Length - 1],
            Whole = whole,
        };
    }

    // What a search leaves of a covariance that is 0.
    private static void Settle(Span<double> factor)
    {
        for (var e = 0; e < factor.Length; e++)
        {
            if (Math.Abs(factor[e]) < Vanishing) factor[e] = 0;
        }
    }

    // A column of a covariance factor changed in sign is the same model.
    private void Orient(double[] point)
    {
        for (var e = 0; e < elements.Count; e++)
        {
            var (diagonal, first) = (elements[e], Likelihood.FirstRandomParameter);
            if (diagonal.Row != diagonal.Column || point[first + e] >= 0) continue;
            for (var other = 0; other < elements.Count; other++)
            {
                if (elements[other].Grouping == diagonal.Grouping && elements[other].Column == diagonal.Column) point[first + other] *= -1;
            }
        }
    }

}
