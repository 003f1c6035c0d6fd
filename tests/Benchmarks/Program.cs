using Caseload.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- fit --data FILE
return args is ["fit", "--data", var file]
    ? FitBenchmark.Run(file)
    : Usage();

static int Usage()
{
    Console.Error.WriteLine("usage: fit --data FILE    FILE is the benchmark cohort (benchmark_cohort.csv.gz)");
    return 2;
}
