using Caseload.MixedModels.Fits;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Resampling;

/// <summary>Refits a linear model: new sums of squares and products with the response, and a search from the factors before.</summary>
internal sealed class LinearRefitter(RefitPlan plan) : IRefitter
{
    /// <inheritdoc/>
    public MixedModelFit Refit(SimulatedResponse simulated)
    {
        var (frame, settings) = (plan.Data.Frame.Responding(simulated.Response), plan.Data.Settings);
        var means = CellMeans.Of((GaussianResponse)frame.Response, plan.Design.Cells.With(frame.Response));
        if (LinearStatistics.Of(plan.Design, plan.Layout!, means, frame.Observations) is not { } statistics) return Anew();
        var search = new LinearSearch(new ProfiledLikelihood(statistics, settings.Reml), settings);
        if (search.Maximise(plan.Theta) is not { Reason: Optimisation.StopReason.StepIsShort } optimum) return Anew();
        var estimates = new LinearEstimates(statistics, search.Confirmed(optimum)).Complete();
        return estimates.BetaCovariance is null ? Anew()
            : new FitAssembly(frame, plan.Design, new HashSet<string>(), estimates).Complete(plan.Fit with { Checks = [], Data = null });

        MixedModelFit Anew() => MixedModel.Fit(frame, settings) with { Data = null };
    }
}
