using BenchmarkDotNet.Attributes;
using Caseload.Benchmarks.Data;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.Benchmarks.Fits;

/// <summary>Fits from coded columns in memory; nothing is kept between repeats but those columns.</summary>
[MemoryDiagnoser]
public class FitBenchmarks
{
    private static readonly BenchmarkData Data = new(DataFiles.FromEnvironment());

    private Scenario scenario = Scenarios.All[0];
    private ModelFrame? columns;

    /// <summary>The scenarios that the engine can fit and the command line names.</summary>
    public static IEnumerable<string> Names => FitCommand.Chosen();

    /// <summary>The scenario's name.</summary>
    [ParamsSource(nameof(Names))]
    public string Scenario { get; set; } = "";

    /// <summary>Codes the columns.</summary>
    [GlobalSetup]
    public void Code()
    {
        scenario = Scenarios.All.Single(s => s.Name == Scenario);
        columns = scenario.Code(Data);
    }

    /// <summary>Collapse, estimates, standard errors and every check.</summary>
    [Benchmark]
    public MixedModelFit Fit() => scenario.Fit(columns!);
}
