using Caseload.Benchmarks;
using Caseload.Benchmarks.Cold;
using Caseload.Benchmarks.Coverage;
using Caseload.Benchmarks.Databases;
using Caseload.Benchmarks.Fits;
using Caseload.Benchmarks.Imputation;
using Caseload.Benchmarks.Inference;
using Caseload.Benchmarks.Kernel;
using Caseload.Benchmarks.Peers;
using Caseload.Benchmarks.Pipeline;

return args switch
{
    ["fits", ..] => FitCommand.Run(new Arguments(args.AsMemory(1))),
    ["memory", ..] => MemoryCommand.Run(new Arguments(args.AsMemory(1))),
    ["peers", ..] => PeerCommand.Run(new Arguments(args.AsMemory(1))),
    ["coverage", ..] => CoverageCommand.Run(new Arguments(args.AsMemory(1))),
    ["imputation", ..] => ImputationCommand.Run(new Arguments(args.AsMemory(1))),
    ["inference", ..] => InferenceCommand.Run(new Arguments(args.AsMemory(1))),
    ["cold", ..] => ColdCommand.Run(new Arguments(args.AsMemory(1))),
    ["kernel", ..] => KernelCommand.Run(new Arguments(args.AsMemory(1))),
    ["database", ..] => DatabaseCommand.Run(new Arguments(args.AsMemory(1))),
    ["read", "--returns", var folder] => ReadBenchmark.Run(folder),
    ["pipeline", ..] => PipelineCommand.Run(new Arguments(args.AsMemory(1))),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project tests/Benchmarks -- BENCHMARK

        fits      [--data FILE] [--data10 FILE] [--only TEXT] [--quick]            warm time of every model, by BenchmarkDotNet
        memory    [--data FILE] [--data10 FILE] [--only TEXT]                      working memory of one fit in a fresh process
        peers     [--data FILE] [--data10 FILE] [--only TEXT] [--slow] [--limit S] the same models by R in the same run
        coverage  [--datasets 1000] [--seed 1] [--quadrature 1]                    how often Wald intervals hold the truth
        imputation [--children 498867] [--datasets N] [--imputations 20]           time of multiple imputation; with --datasets its coverage
                  [--iterations 10] [--seed 1]
        inference [--data FILE] [--only TEXT] [--runs 5]                           intervals and refits of a fit of the cohort
        cold      [--data FILE] [--runs 15]                                        processes of caseload fit, from file to table
        kernel    [--runs 10]                                                      the Jupyter kernel beside ipykernel
        read      --returns DIR                                                    reading a folder of returns in CSV
        pipeline  [--children N,N,...] [--csv-only]                                simulated returns, read and linked to a cohort
        database  [--rows 20000000] [--work-mem 256MB] [--compare]                 fits from cells that PostgreSQL counts, at three sizes

        FILE is the benchmark cohort (benchmark_cohort.csv.gz); without it one of the same structure is simulated. --data10 is that of
        ten times as many rows. --only takes the models whose names hold TEXT; --slow adds the peers that
        take minutes; --limit is the most seconds of one peer. --compare reads and fits the rows of the database's table themselves too.
        """);
    return 2;
}
