namespace Caseload.Benchmarks.Data;

/// <summary>
/// The files that the command line named. They reach the benchmarks through the environment, because BenchmarkDotNet makes their objects.
/// </summary>
/// <param name="Cohort">The benchmark cohort (<c>--data</c>), or null to simulate one.</param>
/// <param name="CohortTenfold">The cohort of ten times as many rows (<c>--data10</c>), or null to simulate it.</param>
internal sealed record DataFiles(string? Cohort, string? CohortTenfold)
{
    private const string CohortVariable = "CASELOAD_BENCHMARK_COHORT";
    private const string TenfoldVariable = "CASELOAD_BENCHMARK_COHORT_TENFOLD";

    /// <summary>The files that <see cref="Publish"/> named.</summary>
    internal static DataFiles FromEnvironment() =>
        new(Environment.GetEnvironmentVariable(CohortVariable), Environment.GetEnvironmentVariable(TenfoldVariable));

    /// <summary>Names the files to this process and those that it starts.</summary>
    internal void Publish()
    {
        Environment.SetEnvironmentVariable(CohortVariable, Cohort is null ? null : Path.GetFullPath(Cohort));
        Environment.SetEnvironmentVariable(TenfoldVariable, CohortTenfold is null ? null : Path.GetFullPath(CohortTenfold));
    }
}
