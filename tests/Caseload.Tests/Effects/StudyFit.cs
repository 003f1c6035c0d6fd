using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.Models;
using Caseload.Tests.Results;

namespace Caseload.Tests.Effects;

/// <summary>The interaction model of the small simulation, and the same with estimates that a test chooses.</summary>
internal static class StudyFit
{
    public static MixedModelFit Fit => SimulatedStudy.Results.Models!.Fits.Interaction;

    public static Frame Data { get; } = ModelData.Of(SimulatedStudy.Small);

    /// <summary>The fit with the two slopes and their covariance matrix replaced by numbers with which one can reckon by hand.</summary>
    public static MixedModelFit With(double rate, double interaction, double varRate, double covariance, double varInteraction)
    {
        var (r, i) = (IndexOf("rate_250"), IndexOf("cin_5:rate_250"));
        var v = (double[,])Fit.Covariance.Clone();
        (v[r, r], v[i, i], v[r, i], v[i, r]) = (varRate, varInteraction, covariance, covariance);
        var effects = Fit.FixedEffects.ToArray();
        effects[r] = new FixedEffect(effects[r].Term, rate, Math.Sqrt(varRate));
        effects[i] = new FixedEffect(effects[i].Term, interaction, Math.Sqrt(varInteraction));
        return Fit with { FixedEffects = effects, Covariance = v };
    }

    private static int IndexOf(string term) => Fit.FixedEffects.ToList().FindIndex(e => e.Term == term);
}
