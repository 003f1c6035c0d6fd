using Caseload.Models.MissingData;

namespace Caseload.Benchmarks.Imputation;

internal static class ImputationCoverage
{
    internal static int Run(int sets, MissingDataSettings settings) => sets + settings.Seed;
}
