namespace Caseload.MixedModels;

/// <summary>How the sampling weights of rows are scaled within groups (Rabe-Hesketh and Skrondal 2006).</summary>
public enum WeightScaling
{
    /// <summary>To add up to the number of rows of the group that were sampled.</summary>
    Size,

    /// <summary>To add up to the effective number of rows, the squared sum of weights over the sum of their squares.</summary>
    Effective,

    /// <summary>Not at all.</summary>
    Unscaled,
}

/// <summary>Sampling weights: inverse probabilities with which groups, and rows within them, came into the data.</summary>
public sealed record SamplingWeights
{
    /// <summary>The column with the weight of each row given that its group was sampled. Default: none, all are alike.</summary>
    public string? Rows { get; init; }

    /// <summary>The column with the weight of the row's group, the same in all of its rows. Default: none, all are alike.</summary>
    public string? Groups { get; init; }

    /// <summary>How the weights of rows are scaled within groups; those of groups need no scaling. Default: to the group's size.</summary>
    public WeightScaling Scaling { get; init; } = WeightScaling.Size;
}
