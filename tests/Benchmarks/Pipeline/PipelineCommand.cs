using System.Diagnostics;
using System.Globalization;
using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Returns;
using Caseload.Schemas;
using Caseload.Simulation;

namespace Caseload.Benchmarks.Pipeline;

/// <summary>
/// <c>pipeline</c>: six simulated censuses on disk, read and linked to a cohort in a process of their own, as CSV and as XML: seconds,
/// bytes and the most memory that the process held, for several sizes.
/// </summary>
internal static class PipelineCommand
{
    private const string Alone = "--alone";
    private static readonly int[] Sizes = [125_000, 250_000, Truth.CohortChildren];

    internal static int Run(Arguments arguments)
    {
        if (arguments.Text(Alone) is { } folder) return One(folder);
        int[] sizes = arguments.Text("--children") is { } text
            ? [.. text.Split(',').Select(size => int.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture))]
            : Sizes;
        Table.Head("children", "form", "simulated and written, s", "files", "MB on disk", "rows", "read, s", "linked, s", "both, s",
            "processor time, s", "most memory, MB");
        foreach (var children in sizes)
        {
            Time(children, ReturnFormat.Csv);
            if (!arguments.Flag("--csv-only")) Time(children, ReturnFormat.Xml);
        }

        return 0;
    }

    private static void Time(int children, ReturnFormat format)
    {
        var place = Directory.CreateTempSubdirectory("caseload-pipeline-");
        try
        {
            var settings = new SimulationSettings { Children = children };
            var started = Stopwatch.GetTimestamp();
            var places = SimulationFiles.Write(Simulator.Run(settings), settings, place.FullName, format);
            var written = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var files = new DirectoryInfo(places.Returns).GetFiles("*", SearchOption.AllDirectories);
            Console.Write(string.Create(CultureInfo.InvariantCulture,
                $"| {children} | {format} | {written:0.00} | {files.Length} | {files.Sum(file => file.Length) / 1e6:0} "));
            using var process = Process.Start(Environment.ProcessPath!, ["pipeline", Alone, place.FullName]);
            process.WaitForExit();
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static int One(string folder)
    {
        var schema = DataPackage.Load().Table("returns");
        var areas = AreaTable.Read(Path.Combine(folder, "areas.csv"));
        var settings = new CohortSettings();
        var started = Stopwatch.GetTimestamp();
        var returns = ReturnsReader.ReadFolder(
            schema, Path.Combine(folder, "returns"), new ReturnsSettings(LeftAside: ReturnsSettings.RulesAlone));
        var read = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var cohort = CohortBuilder.Build(returns, areas.Choose(new AreaChoice(RateChoice.All, null, null), settings.CohortYear), settings);
        var both = Stopwatch.GetElapsedTime(started).TotalSeconds;
        GC.KeepAlive(cohort);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {returns.Rows.RowCount} | {read:0.00} | {both - read:0.00} | {both:0.00} "
            + $"| {process.TotalProcessorTime.TotalSeconds:0.00} | {process.PeakWorkingSet64 / 1e6:0} |"));
        return 0;
    }
}
