using Caseload.Benchmarks;
using Caseload.Benchmarks.Fits;

return args switch
{
    ["fits", ..] => FitCommand.Run(new Arguments(args.AsMemory(1))),
    ["read", "--returns", var folder] => ReadBenchmark.Run(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project tests/Benchmarks -- BENCHMARK

        fits     [--data FILE] [--data10 FILE] [--only TEXT] [--quick]   warm time and memory of every model, by BenchmarkDotNet
        read     --returns DIR                                           reading a folder of returns in CSV

        FILE is the benchmark cohort (benchmark_cohort.csv.gz); without it one of the same structure is simulated. --data10 is that of
        ten times as many rows. --only takes the models whose names hold TEXT.
        """);
    return 2;
}
