namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>How estimates change where a cluster is left out.</summary>
/// <param name="Beta">The change of the coefficients of the standardised columns.</param>
/// <param name="Point">The parameters of the likelihood after the step.</param>
internal sealed record LeftOut(double[] Beta, double[] Point);
