using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Results;
using Caseload.Returns;
using Caseload.Schemas;
using Caseload.Simulation;

namespace Caseload.Tests.Results;

/// <summary>Simulated cohorts, taken through the same files and the same reader as real returns.</summary>
internal static class SimulatedStudy
{
    public static DataPackage Package { get; } = DataPackage.Load();

    private static readonly Lazy<Cohort> SmallCohort = new(() => Cohort(new SimulationSettings { Children = 12_000 }));
    private static readonly Lazy<StudyResults> SmallResults = new(() => StudyAnalysis.Run(Small, Package));
    private static readonly Lazy<StudyResults> SmallInferred = new(() => Results.AddInference(Small).AddSensitivity(Small));
    private static readonly Lazy<StudyResults> FullResults = new(() => StudyAnalysis.Run(Cohort(new SimulationSettings()), Package));

    /// <summary>A cohort of 12,000 children, of whom about 2,170 are modelled.</summary>
    public static Cohort Small => SmallCohort.Value;

    /// <summary>What the analysis makes of the small cohort.</summary>
    public static StudyResults Results => SmallResults.Value;

    /// <summary>The same with inference and sensitivity.</summary>
    public static StudyResults Inferred => SmallInferred.Value;

    /// <summary>What the analysis makes of a simulation of full size.</summary>
    public static StudyResults Full => FullResults.Value;

    public static Cohort Cohort(SimulationSettings settings, ReturnFormat format = ReturnFormat.Csv)
    {
        using var folder = new TemporaryFolder();
        var places = SimulationFiles.Write(Simulator.Run(settings), settings, folder.Path, format);
        return CohortBuilder.Build(ReturnsReader.ReadFolder(Package.Table("returns"), places.Returns), AreaTable.Read(places.Areas), new CohortSettings());
    }

    /// <summary>The same children as if they were real: only then does disclosure control have anything to do.</summary>
    public static Cohort AsReal(this Cohort cohort) => cohort with { IsSimulated = false };
}
