namespace Caseload.MixedModels.Designs;

/// <summary>x'beta at given coefficients, ready to be written for any run of groups.</summary>
internal abstract class Predictor
{
    /// <summary>Writes x'beta of the cells of a run of groups.</summary>
    /// <param name="firstGroup">The first group.</param>
    /// <param name="endGroup">The group after the last.</param>
    /// <param name="eta">Takes one number a cell of those groups.</param>
    internal abstract void Write(int firstGroup, int endGroup, Span<double> eta);
}
