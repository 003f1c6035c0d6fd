using System.CommandLine;
using System.Text.Json;
using Caseload.Cli.Databases;
using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Disclosure;
using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Reports;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary><c>caseload describe</c>: re-referral by risk group.</summary>
internal static class DescribeCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal static Command Build()
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "Cohort file. In its place: --connection and --query, whose rows are a cohort.", Arity = ArgumentArity.ZeroOrOne,
        };
        var options = new DatabaseOptions();
        var by = new Option<string[]>("--by")
        {
            HelpName = "COLUMN",
            Description = "Column to break down by; may be repeated. Default: " + string.Join(", ", RiskGroups.Columns) + ".",
        };
        var json = CommonOptions.Json("the table");
        var command = new Command("describe", "Re-referral by risk group, of all children and of those eligible by age.")
        {
            file, by, json,
        };
        var disclosure = new DisclosureOptions();
        options.AddTo(command);
        disclosure.AddTo(command);
        command.SetAction(parsed =>
        {
            var source = parsed.GetValue(file);
            var database = options.ReadInPlaceOf(parsed, source, "FILE");
            OutputPaths.RequireApart(parsed.GetValue(json), source);
            var chosenPolicy = disclosure.Chosen(parsed);
            var package = DataPackage.Load();
            var columns = parsed.GetValue(by) is { Length: > 0 } chosen ? chosen : [.. RiskGroups.Columns];
            foreach (var column in columns) RequireGroups(package.Table("cohort"), column);
            var described = source is null
                ? Described.Of(database!.Read(session => new CohortCounter(session, database.Query, package).By(columns)))
                : Described.Of(CohortReader.Read(package.Table("cohort"), source, new CohortSettings()), columns, package);
            var policy = chosenPolicy ?? DisclosurePolicy.For(described.IsSimulated);
            var groups = GroupRelease.Of(policy, [.. described.Groups.SelectMany(g => g)]);
            if (parsed.GetValue(json) is { } path)
            {
                OutputFile.WriteText(path, writer => writer.WriteLine(JsonSerializer.Serialize(
                    new { sourceKind = described.IsSimulated ? "simulated" : "real", disclosure = policy.Words, groups }, Indented)));
            }

            if (parsed.GetValue(json) != "-")
            {
                var kind = described.IsSimulated ? ", SIMULATED" : "";
                Say.Line($"{policy.Write(policy.Release(described.Children))} children{kind}; disclosure control: {policy.Words}");
                Console.Out.Write(FrameText.Table(StudyTables.RiskGroups(groups, policy.Mark), int.MaxValue));
            }

            return Say.Findings(described.Reading);
        });
        return command;
    }

    // A column of dates or numbers would give a line a child.
    private static void RequireGroups(TableSchema schema, string column)
    {
        string[] allowed =
        [
            .. schema.Fields
                .Where(f => f.Constraints.Codes is not null || f.Type == FieldType.Boolean || f.Name == "authority")
                .Select(f => f.Name),
        ];
        if (!allowed.Contains(column))
            throw new ProblemException(new Problem(
                ProblemKind.WrongUsage, $"--by {column}", "a column that makes groups: " + string.Join(", ", allowed), "",
                "Choose one of them."));
    }
}
