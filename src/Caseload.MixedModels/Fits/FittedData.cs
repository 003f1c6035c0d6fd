using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Fits;

/// <summary>
/// What a fit was made from, so that it can be made again: with one parameter held, with another response, without a group. Only the coded
/// columns are kept; designs and likelihoods are built when they are asked for.
/// </summary>
/// <param name="Frame">The model's data.</param>
/// <param name="Settings">How it was fitted.</param>
internal sealed record FittedData(ModelFrame Frame, FitSettings Settings);
