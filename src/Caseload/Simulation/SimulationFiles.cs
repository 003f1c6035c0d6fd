using System.Text.Json;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Returns;

namespace Caseload.Simulation;

/// <summary>The form of simulated returns on disk.</summary>
public enum ReturnFormat
{
    /// <summary>One flat CSV file an authority and census year.</summary>
    Csv,

    /// <summary>One XML return an authority and census year, as submitted.</summary>
    Xml,
}

/// <summary>Where a simulation was written.</summary>
/// <param name="Returns">The folder of the returns, and of nothing else.</param>
/// <param name="Areas">The area table.</param>
public sealed record SimulationPlaces(string Returns, string Areas);

/// <summary>
/// Writes a simulation: <c>returns/</c>, <c>areas.csv</c>, <c>truth.json</c> and a data package that says that all of it is simulated.
/// All of it is written into a folder beside first and takes its place by renaming when it is whole: a disk that fills leaves an earlier
/// simulation as it was, and a run that is killed never leaves the returns of two.
/// </summary>
public static class SimulationFiles
{
    private const string PackageName = "datapackage.json";

    // The area table comes last and leaves first: who finds it finds the returns of the same simulation, all of them.
    private static readonly string[] Entries = ["areas.csv", "truth.json", "returns", PackageName];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes a simulation. An earlier simulation in the folder gives way; any other file there is left alone.</summary>
    /// <param name="censuses">The simulation.</param>
    /// <param name="settings">How it was made.</param>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="format">The form of the returns.</param>
    /// <exception cref="ProblemException">
    /// Files that no simulation made stand where it would be written, or it cannot be written.
    /// </exception>
    public static SimulationPlaces Write(SimulatedCensuses censuses, SimulationSettings settings, string folder, ReturnFormat format)
    {
        ArgumentNullException.ThrowIfNull(censuses);
        ArgumentNullException.ThrowIfNull(settings);
        RequireOwn(folder);
        try
        {
            OutputFolder.Replace(folder, Entries, staged => WriteAll(censuses, settings, staged, format));
        }
        catch (AggregateException e) when (e.InnerException is ProblemException problem)
        {
            // Returns are written side by side: the first that fails says why.
            throw new ProblemException(problem.Problem, e);
        }

        return new SimulationPlaces(Path.Combine(folder, "returns"), Path.Combine(folder, "areas.csv"));
    }

    private static void WriteAll(SimulatedCensuses censuses, SimulationSettings settings, string folder, ReturnFormat format)
    {
        var names = censuses.Returns.Select(r => Name(r, format)).ToArray();
        Parallel.For(0, names.Length, i =>
        {
            var (rows, path) = (censuses.Returns[i].Rows(), Path.Combine(folder, names[i]));
            if (format == ReturnFormat.Csv) CsvFile.Write(rows, path);
            else XmlReturnWriter.Write(rows, path);
        });
        var written = names.ToList();
        written.AddRange(["areas.csv", "truth.json"]);
        censuses.Areas.Write(Path.Combine(folder, "areas.csv"));
        settings.Truth.Write(Path.Combine(folder, "truth.json"));
        OutputFile.WriteText(Path.Combine(folder, PackageName), writer => writer.WriteLine(Package(settings, written)));
    }

    private static string Name(CensusReturn its, ReturnFormat format) =>
        $"returns/{its.Year}/cin-{its.Year}-{its.Authority}.{(format == ReturnFormat.Csv ? "csv" : "xml")}";

    // Files that are not of an earlier simulation must not be mixed with this one, or be overwritten. One that was killed while it took
    // its place has left its package in the folder, or in one of those beside.
    private static void RequireOwn(string folder)
    {
        var listed = new[] { "", OutputFolder.Staging, OutputFolder.Aside }
            .SelectMany(place => Listed(Path.Combine(folder, place, PackageName))).ToHashSet();
        var returns = Path.Combine(folder, "returns");
        var present = Directory.Exists(returns)
            ? Directory.GetFiles(returns, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            : [];
        string[] strangers =
        [
            .. present
                .Concat(new[] { "areas.csv", "truth.json", PackageName }.Where(name => File.Exists(Path.Combine(folder, name))))
                .Except(listed),
        ];
        if (strangers.Length == 0) return;
        throw new ProblemException(new Problem(ProblemKind.WrongUsage,
            $"{strangers[0]}{(strangers.Length > 1 ? $" (of {strangers.Length} files)" : "")}, "
                + "which no simulation made, where this one would be written",
            "an empty folder, or that of an earlier simulation", folder, "Name another folder with --out; nothing was changed."));
    }

    private static IReadOnlyList<string> Listed(string package)
    {
        if (!File.Exists(package)) return [];
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(package));
            return json.RootElement.TryGetProperty("sourceKind", out var kind) && kind.ValueEquals("simulated")
                ?
                [
                    .. json.RootElement.GetProperty("resources").EnumerateArray().Select(r => r.GetProperty("path").GetString()!),
                    PackageName,
                ]
                : [];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }

    private static string Package(SimulationSettings settings, List<string> written) => JsonSerializer.Serialize(
        new
        {
            name = "caseload-simulation",
            title = "Simulated children in need censuses, 2010-11 to 2015-16",
            description = "SIMULATED DATA made by Caseload. No child or authority in it exists, "
                + "and nothing in it is evidence about England.",
            sourceKind = "simulated",
            seed = settings.Seed,
            children = settings.Children,
            recorded = settings.Recorded.ToString(),
            resources = written.Select(path => new { name = Path.GetFileNameWithoutExtension(path), path }),
        },
        Indented);
}
