using System.CommandLine;
using System.Text.Json;
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
        var file = new Argument<string>("FILE") { Description = "Cohort file." };
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
        disclosure.AddTo(command);
        command.SetAction(parsed =>
        {
            OutputPaths.RequireApart(parsed.GetValue(json), parsed.GetValue(file)!);
            var chosenPolicy = disclosure.Chosen(parsed);
            var package = DataPackage.Load();
            var read = CohortReader.Read(package.Table("cohort"), parsed.GetValue(file)!, new CohortSettings());
            var columns = parsed.GetValue(by) is { Length: > 0 } chosen ? chosen : [.. RiskGroups.Columns];
            foreach (var column in columns) RequireGroups(package.Table("cohort"), column);
            var policy = chosenPolicy ?? DisclosurePolicy.For(read.Cohort.IsSimulated);
            var groups = GroupRelease.Of(policy, [.. columns.SelectMany(column => RiskGroups.By(read.Cohort, column, package))]);
            if (parsed.GetValue(json) is { } path)
            {
                OutputFile.WriteText(path, writer => writer.WriteLine(JsonSerializer.Serialize(
                    new { sourceKind = read.Cohort.IsSimulated ? "simulated" : "real", disclosure = policy.Words, groups }, Indented)));
            }

            if (parsed.GetValue(json) != "-")
            {
                var kind = read.Cohort.IsSimulated ? ", SIMULATED" : "";
                var children = policy.Write(policy.Release(read.Cohort.Children.RowCount));
                Say.Line($"{children} children{kind}; disclosure control: {policy.Words}");
                Console.Out.Write(FrameText.Table(StudyTables.RiskGroups(groups, policy.Mark), int.MaxValue));
            }

            return Say.Findings(read.Reading);
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
