using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Schemas;

namespace Caseload.Returns;

/// <summary>Reads CIN census returns: XML as submitted, or flat CSV with the census item names.</summary>
public static class ReturnsReader
{
    private static readonly string[] Endings = [".xml", ".xml.gz", ".csv", ".csv.gz"];

    /// <summary>Reads every <c>.xml</c>, <c>.csv</c> and <c>.gz</c> of these below a folder, in the ordinal order of their paths.</summary>
    /// <param name="schema">The contract of the table "returns".</param>
    /// <param name="folder">The folder, or one file.</param>
    /// <param name="settings">How they are read.</param>
    /// <exception cref="ProblemException">There is no such folder, it holds no return, or a file in it cannot be read.</exception>
    public static ReturnSet ReadFolder(TableSchema schema, string folder, ReturnsSettings? settings = null)
    {
        if (File.Exists(folder)) return ReadFiles(schema, [folder], settings);
        if (!Directory.Exists(folder))
            throw InputFile.Unreadable("no such folder", "a folder with returns", folder,
                $"Check the path; it is taken from {Directory.GetCurrentDirectory()}.");
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(IsReturn).Order(StringComparer.Ordinal).ToArray();
        foreach (var file in files) RequireBytes(file);
        return files.Length > 0
            ? ReadFiles(schema, files, settings)
            : throw InputFile.Unreadable("a folder without returns", "files that end in " + string.Join(", ", Endings), folder,
                "Put the returns there, or name another folder.");
    }

    /// <summary>Reads returns: the files side by side, with the result of reading them one after another.</summary>
    /// <param name="schema">The contract of the table "returns".</param>
    /// <param name="files">The files.</param>
    /// <param name="settings">How they are read.</param>
    /// <exception cref="ProblemException">A file cannot be read; of several, the first is told.</exception>
    public static ReturnSet ReadFiles(TableSchema schema, IReadOnlyList<string> files, ReturnsSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        var read = InOrder.Run(files, file => ReadFile(schema, file, settings ?? new ReturnsSettings()));
        return Complete(TableBuilder.Join([.. read.Select(r => r.Rows)]), files, [.. read.SelectMany(r => r.Oddities)]);
    }

    /// <summary>The returns of a table that holds all their rows.</summary>
    internal static ReturnSet Complete(TableReading reading, IReadOnlyList<string> files, List<Oddity> oddities)
    {
        oddities.AddRange(ReturnOddities.Find(reading.Rows));
        oddities.AddRange(ReturnOddities.Gaps(reading.Rows));
        var kind = reading.Rows.Text("source_kind");
        var simulated = reading.Rows.RowCount > 0 && kind.MissingCount == 0 && kind.Levels.All(level => level == "simulated");
        return new ReturnSet(reading, files, oddities, simulated);
    }

    /// <summary>Whether a file's name says that it is an XML return.</summary>
    /// <param name="path">The file.</param>
    public static bool IsXml(string path) =>
        path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".xml.gz", StringComparison.OrdinalIgnoreCase);

    private static bool IsReturn(string path) => Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    // A pipe has no length, and to open one waits until somebody writes to it. A link that points at nothing is a return that is missing.
    private static void RequireBytes(string file)
    {
        var target = (FileInfo?)new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(file);
        if (!target.Exists)
            throw InputFile.Unreadable("a link that points at no file", "a return", file, "Copy the file itself there, or delete the link.");
        if (target.Length == 0)
            throw InputFile.Unreadable("an empty file, or a pipe", "a return", file, "Check that the export finished, or take it out of the folder.");
    }

    private static (TableBuilder Rows, IReadOnlyList<Oddity> Oddities) ReadFile(TableSchema schema, string file, ReturnsSettings settings)
    {
        var builder = new TableBuilder(schema, settings.LeftAside?.Except(ReturnOddities.Columns).ToArray());
        if (IsXml(file)) return (builder, XmlReturn.Append(builder, file));
        TableReader.Append(builder, file, settings.Map);
        return (builder, []);
    }
}
