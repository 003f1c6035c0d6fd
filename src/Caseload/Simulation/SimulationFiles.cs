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

/// <summary>
/// Writes a simulation: <c>returns/</c>, <c>areas.csv</c>, <c>truth.json</c> and a data package that says that all of it is simulated.
/// All of it is written into a folder beside first and takes its place when it is whole, so a disk that fills leaves an earlier
/// simulation as it was.
/// </summary>
public static class SimulationFiles
{
    private const string PackageName = "datapackage.json";
    private const string Staging = ".partial";
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
        var earlier = Earlier(folder);
        var staged = Path.Combine(folder, Staging);
        try
        {
            if (Directory.Exists(staged)) Directory.Delete(staged, recursive: true);
            var written = WriteAll(censuses, settings, staged, format);

            // The package goes first: whoever reads the folder from here on knows which files are simulated.
            foreach (var name in written.Prepend(PackageName))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
                File.Move(Path.Combine(staged, name), Path.Combine(folder, name), overwrite: true);
            }

            foreach (var name in earlier.Except(written).Where(name => name != PackageName)) File.Delete(Path.Combine(folder, name));
            Directory.Delete(staged, recursive: true);
        }
        catch
        {
            if (Directory.Exists(staged)) Directory.Delete(staged, recursive: true);
            throw;
        }

        return new SimulationPlaces(Path.Combine(folder, "returns"), Path.Combine(folder, "areas.csv"));
    }

    private static List<string> WriteAll(SimulatedCensuses censuses, SimulationSettings settings, string folder, ReturnFormat format)
    {
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
                written.AddRange(XmlReturnWriter.Write(rows, Path.Combine(folder, "returns")).Select(name => "returns/" + name));
            }
        }

        written.AddRange(["areas.csv", "truth.json"]);
        censuses.Areas.Write(Path.Combine(folder, "areas.csv"));
        settings.Truth.Write(Path.Combine(folder, "truth.json"));
        OutputFile.WriteText(Path.Combine(folder, PackageName), writer => writer.WriteLine(Package(settings, written)));
        return written;
    }

    /// <summary>
    /// The files of an earlier simulation in a folder. Files that are not of one must not be mixed with it, or be overwritten.
    /// </summary>
    private static IReadOnlyList<string> Earlier(string folder)
    {
        var listed = Listed(Path.Combine(folder, PackageName));
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
        return strangers.Length == 0 ? listed : throw new ProblemException(new Problem(ProblemKind.WrongUsage,
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
            resources = written.Select(path => new { name = Path.GetFileNameWithoutExtension(path), path }),
        },
        Indented);
}
