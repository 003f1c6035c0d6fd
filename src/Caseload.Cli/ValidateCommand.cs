using System.CommandLine;
using System.Text.Json;
using Caseload.Cli.Databases;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Frames.Databases;
using Caseload.Returns;
using Caseload.Rules;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary>
/// <c>caseload validate</c>: holds returns, area tables and cohort files against their contracts, and returns, of a
/// database too, against the published rules.
/// </summary>
internal static class ValidateCommand
{
    private const int MostOdditiesPrinted = 20;

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal static Command Build()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Returns (XML, CSV, a folder of them), an area table, a cohort file. In its place: --connection and --query "
                + "with returns.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var (json, quiet) = (CommonOptions.Json("all findings"), CommonOptions.Quiet());
        var (map, database) = (new MapOption(), new DatabaseOptions());
        var csv = new Option<string?>("--csv")
        {
            HelpName = "FILE", Description = "Write the findings as CSV, one a row and never an identifier; - is standard output.",
        };
        var command = new Command("validate",
            "Hold files, or returns in a database, against data-schema/ and returns against the published rules; exit code 1 where a cell "
                + "or an error rule fails.")
        {
            paths, json, csv, quiet,
        };
        map.AddTo(command);
        database.AddTo(command);
        command.SetAction(parsed =>
        {
            var given = parsed.GetValue(paths) ?? [];
            var outputs = new[] { parsed.GetValue(json), parsed.GetValue(csv) };
            OutputPaths.RequireApart(outputs[0], given);
            OutputPaths.RequireApart(outputs[1], given);
            OutputPaths.RequireDifferent(("--json", outputs[0]), ("--csv", outputs[1]));
            var query = database.ReadInPlaceOf(parsed, given.FirstOrDefault(), "PATH");
            var package = DataPackage.Load();
            Validated[] readings = query is null
                ? [.. given.Select(path => Read(package, path, map.Given(parsed)))]
                : [Returns(package, query, map.Given(parsed))];
            if (parsed.GetValue(json) is { } file)
                OutputFile.WriteText(file, writer => writer.WriteLine(JsonSerializer.Serialize(readings.Select(Summary), Indented)));
            if (outputs[1] is { } list)
            {
                var (rules, cells) = (readings.SelectMany(r => r.Rules), readings.SelectMany(r => r.Reading.Findings));
                CsvFile.Write(FindingsTable.Of([.. rules], [.. cells]), list);
            }

            // What goes down a pipe is the JSON or the CSV alone.
            var says = !parsed.GetValue(quiet) && !outputs.Contains("-");
            var code = 0;
            foreach (var validated in readings)
            {
                if (says)
                {
                    var (read, usable, findings) = (validated.Reading.RowsRead, validated.UsableRows, validated.Reading.FindingCount);
                    Say.Line($"{validated.Path}: {validated.Table}, {read:N0} rows read, {usable:N0} usable, {findings:N0} findings");
                    foreach (var oddity in validated.Oddities.Take(MostOdditiesPrinted)) Say.Note($"odd: {oddity}");
                    if (validated.Oddities.Count > MostOdditiesPrinted)
                        Say.Note($"odd: ... and {validated.Oddities.Count - MostOdditiesPrinted:N0} more; --json holds them all");
                }

                code = Math.Max(code, RuleSummary.Say(validated.Rules, says));
                code = Math.Max(code, Say.Findings(validated.Reading));
            }

            return code;
        });
        return command;
    }

    private static Validated Read(DataPackage package, string path, string? map)
    {
        RequireTwice(path);
        if (map is not null || Directory.Exists(path) || ReturnsReader.IsXml(path)) return Returns(package, path, map);
        IReadOnlyList<string> header;
        using (var rows = CsvRows.Open(path)) header = rows.Header;
        if (header.Contains("LAchildID")) return Returns(package, path, map);
        var table = header.Contains("rereferred") ? "cohort" : header.Contains("cin_per_social_worker") ? "areas" : null;
        return table is null
            ? throw InputFile.Unreadable("the columns " + string.Join(", ", header.Take(12)),
                "a return (LAchildID), an area table (cin_per_social_worker) or a cohort (rereferred)", path,
                "Check that this is the file you meant.")
            : Validated.Of(path, table, TableReader.Read(package.Table(table), path));
    }

    // The header says what the table is, and the rules walk through it after its cells: it is read more than once.
    private static void RequireTwice(string path)
    {
        // A pipe has no length of its own, like an empty file.
        if (path == "-" || (File.Exists(path) && new FileInfo(path).Length == 0))
            throw InputFile.Unreadable("a pipe, or an empty file", "a file that can be read more than once",
                path == "-" ? "standard input" : path, "Save it as a file first.");
    }

    // The rows are gone before the rules walk through the files: memory holds one or the other.
    private static Validated Returns(DataPackage package, string path, string? map)
    {
        var settings = MapOption.ForRules(map, package.Table("returns"));
        var (validated, files) = ReadReturns(package, path, settings);
        return validated with { Rules = RuleRun.Over(package, files, settings.Map) };
    }

    private static (Validated Validated, IReadOnlyList<string> Files) ReadReturns(
        DataPackage package, string path, ReturnsSettings settings)
    {
        var read = ReturnsReader.ReadFolder(package.Table("returns"), path, settings);
        return (Validated.Of(path, read), read.Files);
    }

    private static Validated Returns(DataPackage package, DatabaseInput input, string? map)
    {
        var settings = MapOption.ForRules(map, package.Table("returns"));
        return input.Read(session => Cells(package, session, input, settings) with
        {
            Rules = RuleRun.Over(package, session, input.Query, settings.Map),
        });
    }

    private static Validated Cells(DataPackage package, DatabaseSession session, DatabaseInput input, ReturnsSettings settings) =>
        Validated.Of(input.Place, DatabaseReturns.Read(package.Table("returns"), session, input.Query, settings));

    private static object Summary(Validated validated) => new
    {
        validated.Path,
        validated.Table,
        validated.Reading.RowsRead,
        validated.UsableRows,
        validated.Reading.FindingCount,
        validated.Reading.Findings,
        validated.Reading.Exclusions,
        validated.Reading.Notes,
        validated.Oddities,
        Rules = validated.Rules.Select(rule => new
        {
            rule.Number,
            Kind = JsonNamingPolicy.CamelCase.ConvertName(rule.Kind.ToString()),
            rule.Message,
            Outcome = JsonNamingPolicy.CamelCase.ConvertName(rule.Outcome.ToString()),
            rule.Reason,
            rule.Failures,
            Places = rule.Places.Select(place => new { place.File, place.Line, place.Item, place.Unit }),
        }),
    };

    /// <summary>What was found in one path, without its rows.</summary>
    private sealed record Validated(string Path, string Table, TableReading Reading, int UsableRows)
    {
        public IReadOnlyList<Oddity> Oddities { get; init; } = [];

        public IReadOnlyList<RuleReport> Rules { get; init; } = [];

        public static Validated Of(string path, ReturnSet returns) =>
            Of(path, "returns", returns.Reading) with { Oddities = returns.Oddities };

        public static Validated Of(string path, string table, TableReading reading) =>
            new(path, table, reading with { Rows = new Frame([]) }, reading.Rows.RowCount);
    }
}
