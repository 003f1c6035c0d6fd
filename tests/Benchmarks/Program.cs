using Caseload.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- fit --data FILE
// dotnet run -c Release --project tests/Benchmarks -- read --returns DIR
return args switch
{
    ["fit", "--data", var file] => FitBenchmark.Run(file),
    ["read", "--returns", var folder] => ReadBenchmark.Run(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: fit --data FILE     FILE is the benchmark cohort (benchmark_cohort.csv.gz)");
    Console.Error.WriteLine("       read --returns DIR  DIR holds returns in CSV, such as output/simulated/returns");
    return 2;
}
