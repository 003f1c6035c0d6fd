using System.Text.Json;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Returns;

namespace Caseload.Simulation;

/// <summary>The form of simulated returns on disk.</summary>
public enum ReturnFormat
{
    /// <summary>One flat CSV file a census year, all authorities in it.</summary>
    Csv,

    /// <summary>One XML return an authority and census year, as submitted.</summary>
    Xml,
}

/// <summary>Where a simulation was written.</summary>
/// <param name="Returns">The folder of the returns, and of nothing else.</param>
/// <param name="Areas">The area table.</param>
public sealed record SimulationPlaces(string Returns, string Areas);

/// <summary>Writes a simulation: <c>returns/</c>, <c>areas.csv</c>, <c>truth.json</c> and a data package that says that all of it is simulated.</summary>
public static class SimulationFiles
{
    private const string PackageName = "datapackage.json";
    private const string TruthName = "truth.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes a simulation.</summary>
    /// <param name="censuses">The simulation.</param>
    /// <param name="settings">How it was made.</param>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="format">The form of the returns.</param>
    /// <exception cref="ProblemException">The folder holds files that no simulation made where this one would be written, or cannot be written to.</exception>
    public static SimulationPlaces Write(SimulatedCensuses censuses, SimulationSettings settings, string folder, ReturnFormat format)
    {
        ArgumentNullException.ThrowIfNull(censuses);
        ArgumentNullException.ThrowIfNull(settings);
        var places = new SimulationPlaces(Path.Combine(folder, "returns"), Path.Combine(folder, "areas.csv"));

        ClearEarlier(folder, places);
        var written = new List<string>();
        foreach (var (year, rows) in censuses.Returns)
        {
            if (format == ReturnFormat.Csv)
            {
                written.Add($"returns/cin-{year}.csv");
                CsvFile.Write(rows, Path.Combine(folder, written[^1]));
            }
            else
            {
                written.AddRange(XmlReturnWriter.Write(rows, places.Returns).Select(name => "returns/" + name));
            }
        }

        censuses.Areas.Write(places.Areas);
        settings.Truth.Write(Path.Combine(folder, TruthName));
        OutputFile.WriteText(Path.Combine(folder, PackageName), writer => writer.WriteLine(Package(settings, written)));
        return places;
    }

    // Returns of an earlier simulation would be read as if they belonged to this one, so they go; what no simulation made is never touched.
    private static void ClearEarlier(string folder, SimulationPlaces places)
    {
        var earlier = EarlierFiles(Path.Combine(folder, PackageName)).Select(path => Path.GetFullPath(path, Path.GetFullPath(folder))).ToHashSet(StringComparer.Ordinal);
        var returns = Directory.Exists(places.Returns) ? Directory.GetFiles(places.Returns, "*", SearchOption.AllDirectories) : [];
        string[] replaced = [.. returns, places.Areas, Path.Combine(folder, TruthName), Path.Combine(folder, PackageName)];
        if (replaced.FirstOrDefault(path => File.Exists(path) && !earlier.Contains(Path.GetFullPath(path))) is { } stranger)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, "a file that no simulation has made stands where this one would be written",
                "an empty folder, or that of an earlier simulation", stranger, "Move it, or name another folder with --out; nothing was changed."));
        foreach (var path in returns) File.Delete(path);
    }

    // The files of the simulation that a data package describes, the package itself among them; none where it is not one of a simulation.
    private static IEnumerable<string> EarlierFiles(string package)
    {
        if (!File.Exists(package)) return [];
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(package));
            return json.RootElement.GetProperty("sourceKind").ValueEquals("simulated")
                ? [PackageName, TruthName, .. json.RootElement.GetProperty("resources").EnumerateArray().Select(r => r.GetProperty("path").GetString()!)]
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }
    }

    private static string Package(SimulationSettings settings, List<string> written) => JsonSerializer.Serialize(
        new
        {
            name = "caseload-simulation",
            title = "Simulated children in need censuses, 2010-11 to 2015-16",
            description = "SIMULATED DATA made by Caseload. No child or authority in it exists, and nothing in it is evidence about England.",
            sourceKind = "simulated",
            seed = settings.Seed,
            children = settings.Children,
            resources = written.Select(path => new { name = Path.GetFileNameWithoutExtension(path), path })
                .Append(new { name = "areas", path = "areas.csv" }),
        },
        Indented);
}
