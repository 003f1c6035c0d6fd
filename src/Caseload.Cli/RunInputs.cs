using Caseload.Areas;
using Caseload.Cli.Databases;
using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;
using Caseload.Simulation;

namespace Caseload.Cli;

/// <summary>What a run reads: a simulation that it makes itself, returns, or a cohort that was made before.</summary>
internal abstract record RunInputs
{
    /// <summary>Six simulated censuses.</summary>
    internal sealed record Simulated(SimulationSettings Settings, AreaChoice Choice, CohortSettings Cohort) : RunInputs;

    /// <summary>Returns and an area table.</summary>
    internal sealed record FromReturns(ReturnsSource Returns, AreaSource Areas, CohortSettings Settings) : RunInputs;

    /// <summary>A cohort file.</summary>
    internal sealed record FromCohort(string File, CohortSettings Settings, bool IsYearGiven) : RunInputs;
}

/// <summary>Where returns are: in a folder, or else in a database.</summary>
/// <param name="Folder">The folder, or null.</param>
/// <param name="Database">The query that gives them, where there is no folder.</param>
/// <param name="Settings">How they are read.</param>
internal sealed record ReturnsSource(string? Folder, DatabaseInput? Database, ReturnsSettings Settings)
{
    /// <summary>Reads the returns.</summary>
    internal ReturnSet Read(TableSchema schema) => Folder is null
        ? Database!.Read(session => DatabaseReturns.Read(schema, session, Database.Query, Settings))
        : ReturnsReader.ReadFolder(schema, Folder, Settings);

    /// <summary>Where returns come from, in a sentence.</summary>
    internal static string Describe(ReturnSet returns, string? folder)
    {
        var what = folder is null ? "A query" : returns.Files.Count == 1 ? "1 file" : $"{returns.Files.Count} files";
        return $"{what} with returns of the census years {string.Join(", ", returns.Years)}.";
    }
}

/// <summary>An area table and which of its figures are joined.</summary>
/// <param name="File">The file.</param>
/// <param name="Choice">The figures.</param>
internal sealed record AreaSource(string File, AreaChoice Choice)
{
    /// <summary>The figures for a cohort.</summary>
    internal AreaTable Read(CohortSettings settings) => AreaTable.Read(File).Choose(Choice, settings.CohortYear);
}

/// <summary>The cohort of a run with all that a person must be told of its inputs.</summary>
/// <param name="Cohort">The cohort.</param>
/// <param name="CohortFile">Where it lies: relative to the run's folder, or absolute where the person brought it.</param>
/// <param name="Figures">The authorities' figures and their years; null where the cohort file brought them.</param>
/// <param name="Readings">What was read, and what is wrong with it.</param>
/// <param name="Oddities">What is odd about it.</param>
/// <param name="Description">Where the data come from, in a sentence.</param>
internal sealed record LoadedRun(
    Cohort Cohort,
    string CohortFile,
    AreaFigures? Figures,
    IReadOnlyList<TableReading> Readings,
    IReadOnlyList<string> Oddities,
    string Description);

/// <summary>Loads what a run reads.</summary>
internal static class RunLoader
{
    private const string SimulationFolder = "simulated";
    private const string CohortFile = "cohort.csv";

    /// <summary>Loads the inputs; a simulation goes through the same files and the same reader as real returns.</summary>
    internal static LoadedRun Load(RunInputs inputs, DataPackage package, string folder, Stages stages)
    {
        switch (inputs)
        {
            case RunInputs.Simulated { Settings: var settings } simulated:
                var places = stages.Run("simulating six censuses", () =>
                    SimulationFiles.Write(Simulator.Run(settings), settings, Path.Combine(folder, SimulationFolder), ReturnFormat.Csv));
                var source = new ReturnsSource(places.Returns, null, new ReturnsSettings(LeftAside: ReturnsSettings.RulesAlone));
                return FromReturns(
                    new RunInputs.FromReturns(source, new AreaSource(places.Areas, simulated.Choice), simulated.Cohort), package, folder,
                    stages) with
                {
                    Description = FormattableString.Invariant(
                        $"Simulated by this run: {settings.Children:N0} children, seed {settings.Seed}."),
                };
            case RunInputs.FromReturns returns:
                return FromReturns(returns, package, folder, stages);
            case RunInputs.FromCohort cohort:
                return FromCohort(cohort, package, folder, stages);
            default:
                throw new ArgumentException("An input of an unknown kind.", nameof(inputs));
        }
    }

    /// <summary>Makes the cohort; where that fails, the bad cells of the returns are told first, for they may be why.</summary>
    internal static Cohort Link(ReturnSet returns, AreaTable areas, CohortSettings settings)
    {
        try
        {
            return CohortBuilder.Build(returns, areas, settings);
        }
        catch (ProblemException)
        {
            Say.Findings(returns.Reading);
            throw;
        }
    }

    private static LoadedRun FromCohort(RunInputs.FromCohort inputs, DataPackage package, string folder, Stages stages)
    {
        var read = stages.Run(
            "reading the cohort", () => CohortReader.Read(package.Table("cohort"), inputs.File, inputs.Settings, inputs.IsYearGiven));
        if (inputs.File != "-") RemoveEarlier(Path.Combine(folder, CohortFile), inputs.File);
        if (inputs.File != "-")
            return new LoadedRun(read.Cohort, Path.GetFullPath(inputs.File), null, [read.Reading], [],
                $"A cohort file, {Path.GetFileName(inputs.File)}.");

        // Notebooks cannot read the pipe again.
        read.Cohort.Children.SaveCsv(Path.Combine(folder, CohortFile));
        return new LoadedRun(read.Cohort, CohortFile, null, [read.Reading], [], "A cohort from standard input.");
    }

    private static LoadedRun FromReturns(RunInputs.FromReturns inputs, DataPackage package, string folder, Stages stages)
    {
        var areas = inputs.Areas.Read(inputs.Settings);
        var returns = stages.Run("reading the returns", () => inputs.Returns.Read(package.Table("returns")));
        var cohort = stages.Run("linking the years", () => Link(returns, areas, inputs.Settings));
        stages.Run("writing the cohort", () =>
        {
            cohort.Children.SaveCsv(Path.Combine(folder, CohortFile));
            return true;
        });
        var simulatedAreas = areas.Areas.Any(a => a.SourceKind == AreaSourceKind.Simulated);
        var oddities = cohort.Linkage!.Continuity.Flagged.Select(f => $"Authority {f.Key}: identifiers do not carry over.")
            .Concat(Oddity.Digest(returns.Oddities).Select(o => $"{Path.GetFileName(o.Place)}: {o.Observation}")).Concat(areas.Notes);
        if (simulatedAreas && !returns.IsSimulated)
            oddities = oddities.Append("The area figures are simulated and the returns are not: the model means nothing.");
        if (!simulatedAreas && returns.IsSimulated)
            oddities = oddities.Append(
                "The returns are simulated and the area figures are not: nothing here is about those authorities.");
        return new LoadedRun(cohort, CohortFile, areas.Figures, [areas.Reading!, returns.Reading], [.. oddities],
            ReturnsSource.Describe(returns, inputs.Returns.Folder));
    }

    // The cohort of an earlier run would stand beside a report that it does not belong to.
    private static void RemoveEarlier(string path, string input)
    {
        if (File.Exists(path) && Path.GetFullPath(path) != Path.GetFullPath(input)) File.Delete(path);
    }
}
