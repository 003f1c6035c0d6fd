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
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes a simulation.</summary>
    /// <param name="censuses">The simulation.</param>
    /// <param name="settings">How it was made.</param>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="format">The form of the returns.</param>
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
        settings.Truth.Write(Path.Combine(folder, "truth.json"));
        OutputFile.WriteText(Path.Combine(folder, PackageName), writer => writer.WriteLine(Package(settings, written)));
        return places;
    }

    // Returns of an earlier simulation would be read as if they belonged to this one, so they go; anything else in their place stays.
    private static void ClearEarlier(string folder, SimulationPlaces places)
    {
        if (!Directory.Exists(places.Returns) && !File.Exists(places.Areas)) return;
        if (!IsSimulation(Path.Combine(folder, PackageName)))
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, "files that no simulation has made stand where this one would be written",
                "an empty folder, or that of an earlier simulation", folder, "Name another folder with --out; nothing was changed."));
        if (Directory.Exists(places.Returns)) Directory.Delete(places.Returns, recursive: true);
    }

    private static bool IsSimulation(string package)
    {
        if (!File.Exists(package)) return false;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(package));
            return json.RootElement.TryGetProperty("sourceKind", out var kind) && kind.ValueEquals("simulated");
        }
        catch (JsonException)
        {
            return false;
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
