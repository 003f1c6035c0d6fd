using Caseload.Descriptives;
using Caseload.Frames;

namespace Caseload.Results;

/// <summary>The modelled children whom a coefficient of the model tells from the others.</summary>
/// <param name="Term">The coefficient's name; of a reference level, the name that it would have.</param>
/// <param name="Column">The column of the model's data.</param>
/// <param name="Variable">The column of the cohort table that it comes from.</param>
/// <param name="Code">The value in that column.</param>
/// <param name="Rereferred">How many of them were re-referred.</param>
public sealed record LevelCount(string Term, string Column, string Variable, string Code, Proportion Rereferred)
{
    private static readonly (string Column, string Variable, string Code)[] Dummies =
        [("female", "sex", "female"), ("disabled_other", "disabled", "true"), ("nfa", "nfa", "true")];

    /// <summary>Counts the children of each level.</summary>
    /// <param name="data">What <see cref="Models.ModelData.Of"/> gives.</param>
    public static IReadOnlyList<LevelCount> Of(Frame data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var outcome = data.Integer("rereferred").Values.ToArray();
        Proportion Count(Func<int, bool> holds)
        {
            var rows = Enumerable.Range(0, outcome.Length).Where(holds).ToArray();
            return new Proportion(rows.Sum(row => outcome[row]), rows.Length);
        }

        var counts = new List<LevelCount>();
        foreach (var name in new[] { "age_group", "need" })
        {
            var column = data.Text(name);
            counts.AddRange(column.Levels
                .Select((level, code) => new LevelCount(name + level, name, name, level, Count(row => column.Codes[row] == code)))
                .Where(level => level.Rereferred.Of > 0));
        }

        foreach (var (name, variable, code) in Dummies)
        {
            var values = data.Integer(name).Values.ToArray();
            counts.Add(new LevelCount(name, name, variable, code, Count(row => values[row] == 1)));
        }

        return counts;
    }
}
