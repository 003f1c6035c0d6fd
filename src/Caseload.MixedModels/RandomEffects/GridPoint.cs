using Caseload.MixedModels.Factorisations;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>The modes of all groups of one grouping, and room for what is computed there.</summary>
/// <param name="Modes">The modes, group after group.</param>
/// <param name="Eta">The linear predictor of each cell.</param>
/// <param name="Precision">H of each group.</param>
/// <param name="Carried">Takes V = Lambda (adjoint of H) Lambda' of each group.</param>
/// <param name="Leverage">Takes z'V z of each cell.</param>
/// <param name="Slopes">Takes the derivative by each cell's fixed part.</param>
internal sealed record GridPoint(double[] Modes, double[] Eta, BlockMatrix Precision, BlockMatrix Carried, double[] Leverage,
    double[] Slopes);
