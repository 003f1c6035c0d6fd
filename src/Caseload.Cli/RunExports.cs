using Caseload.Disclosure;
using Caseload.Exports;
using Caseload.Results;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary>What a run leaves for others to go on with: data packages beside its files, and scripts for other programs.</summary>
internal static class RunExports
{
    internal static void Write(LoadedRun loaded, StudyResults results, DataPackage package, string folder)
    {
        var origin = Origin(results.IsSimulated, loaded.Description, package);
        TablePackage.Write(Path.Combine(folder, "tables"), results.Policy, origin);
        var cohort = Path.Combine(folder, loaded.CohortFile);
        if (Path.IsPathRooted(loaded.CohortFile)) Remove(CohortPackage.PathFor(Path.Combine(folder, "cohort.csv")));
        else CohortPackage.Write(loaded.Cohort, package, cohort, origin);

        // Scripts of an earlier run would not go with this one.
        var scripts = Path.Combine(folder, "scripts");
        if (results.Models is { } models) ModelScripts.Write(models.Fits.Interaction, results.IsSimulated, scripts);
        else foreach (var name in ModelScripts.FileNames) Remove(Path.Combine(scripts, name));
    }

    internal static PackageOrigin Origin(bool isSimulated, string source, DataPackage package) =>
        new(isSimulated, source, typeof(RunExports).Assembly.GetName().Version!.ToString(3), package.Version);

    private static void Remove(string path)
    {
        if (File.Exists(path)) File.Delete(path);
    }
}
