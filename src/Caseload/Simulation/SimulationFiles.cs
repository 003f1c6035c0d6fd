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
            RemoveEmpty(Path.Combine(folder, "returns"));
        }
        catch (AggregateException e) when (e.InnerException is ProblemException problem)
        {
            // Returns are written side by side: the first that fails says why.
            Directory.Delete(staged, recursive: true);
            throw new ProblemException(problem.Problem, e);
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
        return written;
    }

    // An earlier simulation may have had years or authorities that this one lacks.
    private static void RemoveEmpty(string returns)
    {
        foreach (var year in Directory.EnumerateDirectories(returns).Where(d => !Directory.EnumerateFileSystemEntries(d).Any()).ToArray())
            Directory.Delete(year);
    }

    private static string Name(CensusReturn its, ReturnFormat format) =>
        $"returns/{its.Year}/cin-{its.Year}-{its.Authority}.{(format == ReturnFormat.Csv ? "csv" : "xml")}";

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
            recorded = settings.Recorded.ToString(),
            resources = written.Select(path => new { name = Path.GetFileNameWithoutExtension(path), path }),
        },
        Indented);
}
