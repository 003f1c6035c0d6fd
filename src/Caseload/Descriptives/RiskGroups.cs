using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Descriptives;

/// <summary>The children of a group, and how many of them were re-referred.</summary>
/// <param name="Variable">The column that makes the groups.</param>
/// <param name="Section">The column's name in prose.</param>
/// <param name="Code">The group's value in that column; empty where it is missing.</param>
/// <param name="Label">The group's name in prose.</param>
/// <param name="All">Of all children of the cohort.</param>
/// <param name="Eligible">Of those eligible by age at the end of follow-up.</param>
public sealed record RiskGroup(string Variable, string Section, string Code, string Label, Proportion All, Proportion Eligible)
{
    /// <summary>Of those of the model; null where it is not known who they are. Disclosure control counts them, see Disclosure.</summary>
    public Proportion? Modelled { get; init; }
}

/// <summary>Describes re-referral by risk group, under both denominators side by side.</summary>
public static class RiskGroups
{
    private const string NotRecorded = "Not recorded";

    /// <summary>The columns that the study breaks re-referral down by.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["age_group", "sex", "disabled", "nfa", "need"];

    /// <summary>Re-referral by the groups of one column; the groups stand in the order of the code list, or of their values.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="column">A column of the cohort table that holds text or flags.</param>
    /// <param name="package">The contract, for labels and their order.</param>
    public static IReadOnlyList<RiskGroup> By(Cohort cohort, string column, DataPackage package)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(package);
        return By(cohort.Children, null, column, package);
    }

    /// <summary>The same of rows that may stand for several children each.</summary>
    /// <param name="children">The rows.</param>
    /// <param name="counts">How many children each row stands for; null where it is one.</param>
    /// <param name="column">As above.</param>
    /// <param name="package">As above.</param>
    internal static IReadOnlyList<RiskGroup> By(Frame children, int[]? counts, string column, DataPackage package)
    {
        var values = children.Text(column);
        var tally = new int[values.Levels.Count + 1, 6];

        // Counts of a database do not tell which children are in the model.
        var status = children.Columns.Any(c => c.Name == "status") ? children.Text("status") : null;
        var modelled = status?.Levels.ToList().IndexOf(Cohort.Modelled) ?? -1;
        var eligible = children.Flag("eligible").Values;
        var rereferred = children.Flag("rereferred").Values;
        for (var row = 0; row < values.Count; row++)
        {
            // Missing cells are counted in the last row of the tally.
            var group = values.Codes[row] < 0 ? values.Levels.Count : values.Codes[row];
            var count = counts is null ? 1 : counts[row];
            tally[group, 0] += count;
            tally[group, 1] += count * rereferred[row];
            if (eligible[row] != 1) continue;
            tally[group, 2] += count;
            tally[group, 3] += count * rereferred[row];
            if (modelled < 0 || status!.Codes[row] != modelled) continue;
            tally[group, 4] += count;
            tally[group, 5] += count * rereferred[row];
        }

        var field = package.Table("cohort").Find(column);
        var list = field is null ? null : LabelsOf(field, package);
        var section = field?.Title ?? column;
        var order = Enumerable.Range(0, values.Levels.Count)
            .OrderBy(i => Rank(list, values.Levels[i])).ThenBy(i => values.Levels[i], StringComparer.Ordinal);
        return [.. order.Append(values.Levels.Count).Where(i => tally[i, 0] > 0).Select(i =>
        {
            var code = i == values.Levels.Count ? "" : values.Levels[i];
            var label = code.Length == 0 ? NotRecorded : list?.Label(code) ?? code;
            return new RiskGroup(
                column, section, code, label, new Proportion(tally[i, 1], tally[i, 0]), new Proportion(tally[i, 3], tally[i, 2]))
            {
                Modelled = new Proportion(tally[i, 5], tally[i, 4]),
            };
        })];
    }

    private static CodeList? LabelsOf(Field field, DataPackage package) => field switch
    {
        { CodeList: { } name } => package.Codes(name),
        { Type: FieldType.Boolean } => new CodeList("flag", [new("false", "No"), new("true", "Yes")]),
        { Name: "need" } => package.Codes("primary-need"),
        _ => null,
    };

    private static int Rank(CodeList? list, string code)
    {
        if (list is null) return 0;
        for (var i = 0; i < list.Codes.Count; i++)
        {
            if (list.Codes[i].Key == code) return i;
        }

        return list.Codes.Count;
    }
}
