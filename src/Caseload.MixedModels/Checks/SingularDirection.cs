namespace Caseload.MixedModels.Checks;

/// <summary>A direction in which the random effects of a block do not vary between groups.</summary>
/// <param name="Group">The grouping.</param>
/// <param name="Direction">The combination of effects whose variance is 0, in words: one effect, or a weighted sum of several.</param>
/// <param name="StandardDeviation">Its standard deviation, for columns of root mean square 1.</param>
internal sealed record SingularDirection(string Group, string Direction, double StandardDeviation);
