using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Inference.Resampling;

/// <summary>
/// What all refits of a fit share: rows put together, the design, and where the estimates lie. Only the response is new to a refit.
/// </summary>
internal sealed class RefitPlan
{
    private RefitPlan(MixedModelFit fit, Design design, FoundEstimates? found) => (Fit, Design, Found) = (fit, design, found);

    /// <summary>The fit that is repeated.</summary>
    internal MixedModelFit Fit { get; }

    /// <summary>The columns of the fit, with the cell of each row.</summary>
    internal Design Design { get; }

    /// <summary>The estimates of a generalised model; null of a linear one.</summary>
    internal FoundEstimates? Found { get; }

    /// <summary>Of a linear model, how the random effects meet the cells.</summary>
    internal RandomLayout? Layout { get; private init; }

    /// <summary>Of a linear model, the covariance factors.</summary>
    internal double[] Theta { get; private init; } = [];

    internal FittedData Data => Fit.Data!;

    /// <summary>The plan of a fit, all of whose estimates exist.</summary>
    internal static RefitPlan Of(MixedModelFit fit)
    {
        var (frame, settings) = fit.Data!;
        var design = DesignOf(fit);
        if (frame.Family == Family.Gaussian)
        {
            var linear = new GaussianFitter(frame, settings);
            linear.Fit();
            return new RefitPlan(fit, design, null)
            {
                Layout = RandomLayout.Of(frame, design.Cells),
                Theta = linear.Found!.Value.Optimum.Next,
            };
        }

        var fitter = new Fitter(frame, settings);
        fitter.Fit();
        return new RefitPlan(fit, design, fitter.Found);
    }

    /// <summary>The columns of a fit, with the cell of each row.</summary>
    internal static Design DesignOf(MixedModelFit fit)
    {
        var frame = fit.Data!.Frame;
        var whole = Design.Build(frame, CellTable.Collapse(frame, withRows: true));
        int[] kept = [.. Enumerable.Range(0, whole.Width).Where(k => fit.FixedEffects.Any(effect => effect.Term == whole.Names[k].Name))];
        return kept.Length == whole.Width ? whole : whole.Select(kept);
    }

    /// <summary>One that refits, with room of its own; one refit at a time.</summary>
    internal IRefitter Refitter() => Found is null ? new LinearRefitter(this) : new GeneralisedRefitter(this, Found.Estimates);
}

/// <summary>Fits a model to another response.</summary>
internal interface IRefitter
{
    /// <summary>
    /// The fit; without checks but where the search from the estimates before is in doubt: then it is made from the beginning, and without
    /// its data.
    /// </summary>
    /// <param name="simulated">One number a row, and the random effects behind it where they are known: the search begins near
    /// them.</param>
    MixedModelFit Refit(SimulatedResponse simulated);
}
