using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Disclosure;
using Caseload.Figures;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.Reports;
using Caseload.Results;
using Caseload.Returns;
using Caseload.Schemas;
using Caseload.Simulation;

namespace Caseload;

/// <summary>
/// Where a notebook begins: the data of the run that started it, else of the last run, else of a small simulation made on the spot.
/// </summary>
[TypeFormatterSource(typeof(CaseloadDataFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class CaseloadData
{
    /// <summary>The environment variable by which <c>caseload reproduce</c> tells notebooks the folder of its run.</summary>
    public const string RunVariable = "CASELOAD_RUN";

    private const int SmallSimulation = 20_000;
    private readonly Lazy<StudyResults> results;

    private CaseloadData(string source, Cohort cohort, AreaFigures? areaFigures, DataPackage package)
    {
        (Source, Cohort, Package) = (source, cohort, package);
        Policy = DisclosurePolicy.For(cohort.IsSimulated);
        results = new Lazy<StudyResults>(
            () => StudyAnalysis.Run(cohort, package) with { AreaFigures = areaFigures, ChosenPolicy = Policy });
    }

    /// <summary>Where the data come from, in a sentence.</summary>
    public string Source { get; }

    /// <summary>The cohort.</summary>
    public Cohort Cohort { get; }

    /// <summary>The contract of the tables, with labels.</summary>
    public DataPackage Package { get; }

    /// <summary>What may be shown: the policy of the run, else the default for the kind of data.</summary>
    public DisclosurePolicy Policy { get; private init; }

    /// <summary>The whole analysis, made when it is first asked for.</summary>
    public StudyResults Results => results.Value;

    /// <summary>The published findings beside those of these data.</summary>
    public Ledger Ledger => LedgerBuilder.Build(Results);

    /// <summary>What a reader must know first: whether the data are simulated, and where they come from.</summary>
    public string Banner => Cohort.IsSimulated
        ? $"SIMULATED DATA. No child or authority in them exists, and nothing here is evidence about England. {Source}"
        : Policy.IsOff ? $"Real data. {Policy.Notice} {Source}"
        : $"Real data: disclosure control is on ({Policy.Words}). {Source}";

    /// <summary>Finds the data.</summary>
    /// <exception cref="ProblemException">The run's files are damaged.</exception>
    public static CaseloadData Locate()
    {
        var package = DataPackage.Load();
        return FindRun() is { } folder ? FromRun(folder, package) : Simulate(package);
    }

    /// <summary>The folder of the run that the environment names, else of the last run: <c>output</c> here or in a folder above; null where
    /// there is none.</summary>
    public static string? FindRun()
    {
        if (Environment.GetEnvironmentVariable(RunVariable) is { Length: > 0 } named) return named;
        for (var at = new DirectoryInfo(Directory.GetCurrentDirectory()); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "output");
            if (File.Exists(Path.Combine(folder, RunManifest.FileName))) return folder;
        }

        return null;
    }

    private static CaseloadData FromRun(string folder, DataPackage package)
    {
        var manifest = RunManifest.Read(folder);
        var settings = new CohortSettings { CohortYear = manifest.CohortYear, FollowUpYears = manifest.FollowUpYears };
        var cohort = CohortReader.Read(package.Table("cohort"), Path.Combine(folder, manifest.Cohort), settings).Cohort;
        return new CaseloadData(
            $"From a run of caseload reproduce, cohort of {settings.CohortLabel}.", cohort, manifest.AreaFigures, package)
        {
            Policy = manifest.Disclosure,
        };
    }

    private static CaseloadData Simulate(DataPackage package)
    {
        var settings = new SimulationSettings { Children = SmallSimulation };
        var folder = Directory.CreateTempSubdirectory("caseload-").FullName;
        try
        {
            var places = SimulationFiles.Write(Simulator.Run(settings), settings, folder, ReturnFormat.Csv);
            var areas = AreaTable.Read(places.Areas).Choose(new AreaChoice(), new CohortSettings().CohortYear);
            var cohort = CohortBuilder.Build(
                ReturnsReader.ReadFolder(package.Table("returns"), places.Returns), areas, new CohortSettings());
            return new CaseloadData(
                $"No run was found, so {SmallSimulation} children were simulated on the spot (seed {settings.Seed}).",
                cohort, areas.Figures, package);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
