using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels;

/// <summary>Fits linear and generalised linear mixed models.</summary>
public static class MixedModel
{
    /// <summary>Fits a model of any family, with the random effects that the formula has.</summary>
    /// <param name="frame">The data.</param>
    /// <param name="formula">The model in the dialect of R and lme4, for example <c>y ~ age + need + (1 | la)</c>.</param>
    /// <param name="settings">How to fit it; all defaults where left out.</param>
    /// <returns>
    /// The fit. Where an estimate does not exist, as under separation, it is not-a-number and <see cref="MixedModelFit.Obstacle"/> says
    /// why.
    /// </returns>
    /// <exception cref="ProblemException">
    /// The formula or a setting cannot be used (wrong usage), or the data are not of the family asked for (check failed).
    /// </exception>
    public static MixedModelFit Fit(Frame frame, string formula, FitSettings? settings = null)
    {
        settings ??= new FitSettings();
        return Fit(ModelFrame.Build(frame, ModelFormula.Parse(formula), settings), settings);
    }

    /// <summary>Fits a model from its coded variables: collapse, estimates, standard errors and every check.</summary>
    /// <param name="frame">The model's data.</param>
    /// <param name="settings">How to fit it.</param>
    /// <returns>The fit, as above.</returns>
    public static MixedModelFit Fit(ModelFrame frame, FitSettings settings)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Require();
        settings.RequireFor(frame);
        var fit = frame.Family == Family.Gaussian ? new GaussianFitter(frame, settings).Fit() : new Fitter(frame, settings).Fit();
        return fit with { Data = new FittedData(frame, settings) };
    }
}
