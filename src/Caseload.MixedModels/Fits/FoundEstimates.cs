using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Fits;

/// <summary>Estimates of a generalised model with the design of all its columns: inferences start from them.</summary>
/// <param name="Design">The design of full rank, separated columns and cells included.</param>
/// <param name="Estimates">The estimates; where something is separated, on the design of what is left without it.</param>
internal sealed record FoundEstimates(Design Design, Estimates Estimates);
