using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>Views of the cells of one group: what they are, and where their derivatives are written.</summary>
internal readonly ref struct CellSpan
{
    /// <summary>The linear predictor without the group's effect.</summary>
    internal ReadOnlySpan<double> Eta { get; init; }

    internal ReadOnlySpan<double> Successes { get; init; }

    internal ReadOnlySpan<double> Trials { get; init; }

    internal Span<double> Score { get; init; }

    internal Span<double> Weight { get; init; }

    internal Span<double> WeightSlope { get; init; }

    internal Span<double> WeightCurve { get; init; }

    /// <summary>The four derivatives together.</summary>
    internal FourSpans Derivatives => new(Score, Weight, WeightSlope, WeightCurve);
}
