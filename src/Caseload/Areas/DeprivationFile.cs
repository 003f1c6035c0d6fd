using System.Globalization;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Schemas;

namespace Caseload.Areas;

/// <summary>
/// A person's own scores of deprivation: CSV with the columns <c>authority</c> (a code of either system, of any time since 2009) and
/// <c>deprivation</c> (a number: higher, more deprived, where it is a score of the English indices; empty or <c>NA</c> where not known).
/// </summary>
/// <param name="Source">The name of the input.</param>
/// <param name="Scores">The scores by three-digit code; null where the file has the authority and no score.</param>
/// <param name="Findings">Cells that could not be taken; their rows were left out.</param>
public sealed record DeprivationFile(string Source, IReadOnlyDictionary<string, double?> Scores, IReadOnlyList<CellFinding> Findings)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A file, a file that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    /// <exception cref="ProblemException">The file cannot be read or lacks a column (exit code 3).</exception>
    public static DeprivationFile Read(string path)
    {
        using var rows = CsvRows.Open(path);
        var (codeAt, scoreAt) = (At(rows, AreaColumns.Authority), At(rows, AreaColumns.Deprivation));
        if (codeAt < 0 || scoreAt < 0)
            throw InputFile.Unreadable($"the columns {string.Join(", ", rows.Header.Take(20))}",
                $"the columns {AreaColumns.Authority} and {AreaColumns.Deprivation}", $"{rows.Source}, given as --deprivation",
                "Name the columns so; docs/areas.md says what they hold.");
        var scores = new Dictionary<string, double?>(StringComparer.Ordinal);
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        var findings = new List<CellFinding>();
        while (rows.Read())
        {
            void Tell(string column, string found, string expected) =>
                findings.Add(new CellFinding(rows.Source, rows.Line, column, found, expected));
            if (rows.CellCount != rows.Header.Count)
            {
                Tell("(row)", $"{rows.CellCount} cells", $"{rows.Header.Count}, as in the header");
                continue;
            }

            var (given, cell) = (rows[codeAt].Trim(), rows[scoreAt].Trim());
            var code = AuthorityRegister.ToDfe(given);
            if (code is null)
                Tell(AreaColumns.Authority, PublishedFileReader.Quoted(given), "three digits, or the ONS code of an authority");
            else if (!lines.TryAdd(code, rows.Line))
                Tell(AreaColumns.Authority, PublishedFileReader.Quoted(given), $"an authority once; {code} stands on line {lines[code]}");
            else if (cell is "" or "NA") scores.Add(code, null);
            else if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && double.IsFinite(score))
                scores.Add(code, score);
            else Tell(AreaColumns.Deprivation, PublishedFileReader.Quoted(cell), "a number, or an empty cell");
        }

        return new DeprivationFile(rows.Source, scores, findings);
    }

    private static int At(CsvRows rows, string name)
    {
        for (var i = 0; i < rows.Header.Count; i++)
        {
            if (rows.Header[i] == name) return i;
        }

        return -1;
    }
}
