namespace Caseload.MixedModels;

/// <summary>Which random effect of which grouping is compared between groups, and how.</summary>
public sealed record GroupSettings
{
    /// <summary>The grouping. Default: the only one of the model.</summary>
    public string? Group { get; init; }

    /// <summary>The random effect. Default: the intercept, or the only one.</summary>
    public string? Term { get; init; }

    /// <summary>The level of intervals. Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The number of draws where ranks are simulated, from 100. Default: 4,000.</summary>
    public int Draws { get; init; } = 4000;

    /// <summary>The seed of those. Default: 1.</summary>
    public int Seed { get; init; } = 1;
}
