using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Reports;

/// <summary>A figure of a run as it lies in the run's folder.</summary>
/// <param name="Name">Its name, such as <c>interaction</c>.</param>
/// <param name="Svg">The drawing.</param>
public sealed record RunFigure(string Name, string Svg);

/// <summary>
/// The figures of a run in its folder: those of the report, a file each. What shows them later reads these files and no row of a
/// child; they went through the run's disclosure control when they were drawn.
/// </summary>
public static class RunFigures
{
    /// <summary>The name of their folder in that of the run.</summary>
    public const string FolderName = "figures";

    /// <summary>Writes the figures of a report, and takes those away that only an earlier run had, in whatever format.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">The run's folder.</param>
    public static void Write(Report report, string folder)
    {
        ArgumentNullException.ThrowIfNull(report);
        var into = Path.Combine(folder, FolderName);
        foreach (var name in StudyFigures.Names)
        {
            // A picture in pixels is made from the drawing: it is of an earlier run until it is made again.
            foreach (var ending in new[] { ".svg", ".png" }) RemoveIfThere(Path.Combine(into, name + ending));
        }

        foreach (var figure in report.Figures) figure.SaveSvg(Path.Combine(into, figure.Heading.Name + ".svg"));
    }

    /// <summary>Reads the figures of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>The figures, in the order of the report.</returns>
    /// <exception cref="ProblemException">Unreadable: the folder holds no figure.</exception>
    public static IReadOnlyList<RunFigure> Read(string folder)
    {
        RunFigure[] figures =
        [
            .. StudyFigures.Names.Select(name => (Name: name, Path: Path.Combine(folder, FolderName, name + ".svg")))
                .Where(figure => File.Exists(figure.Path)).Select(figure => new RunFigure(figure.Name, File.ReadAllText(figure.Path))),
        ];
        return figures.Length > 0 ? figures : throw InputFile.Unreadable("a run without figures", "what caseload reproduce writes",
            Path.Combine(folder, FolderName), "Run caseload reproduce again.");
    }

    private static void RemoveIfThere(string path)
    {
        if (File.Exists(path)) File.Delete(path);
    }
}
