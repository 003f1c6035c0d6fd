using Caseload.Frames;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The tables of the time until re-referral and of incomplete cases.</summary>
public static class FollowUpTables
{
    /// <summary>The share of children who returned since their first referral and since its closure, a row a start and time.</summary>
    /// <param name="results">The results of a run.</param>
    public static Frame Survival(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var (release, mark) = (results.Release(), results.Policy.Mark);
        (string Start, ReleasedReturn Point)[] rows =
        [
            .. release.ReturnedSinceReferral.Select(p => ("First referral", p)),
            .. release.ReturnedSinceClosure.Select(p => ("Closure of the first episode", p)),
        ];
        Column Shares(string name, Func<ReleasedReturn, double?> value) =>
            StudyTables.Numbers(name, rows.Select(r => (value(r.Point), r.Point.Returned is null)), mark);
        return new Frame([
            TextColumn.Of("since", rows.Select(r => r.Start)),
            new IntegerColumn("months", [.. rows.Select(r => r.Point.Months)]),
            StudyTables.Counts("at_risk", rows.Select(r => (r.Point.AtRisk, r.Point.AtRisk is null)), mark),
            Shares("returned", p => p.Returned),
            Shares("lower", p => p.Lower),
            Shares("upper", p => p.Upper),
        ]);
    }

    /// <summary>Which covariates of the model the eligible children lack, a row a combination; null where none may be shown.</summary>
    /// <param name="results">The results of a run.</param>
    public static Frame? Incomplete(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Release().Incomplete is not { Count: > 0 } cases) return null;
        double all = cases.Sum(c => c.Count);
        return new Frame([
            TextColumn.Of("not_recorded", cases.Select(c => c.Missing.Length == 0 ? "Nothing: complete" : Words(c.Missing))),
            new IntegerColumn("eligible_children", [.. cases.Select(c => c.Count)]),
            new NumberColumn("share", [.. cases.Select(c => Math.Round(c.Count / all, 4, MidpointRounding.AwayFromZero))]),
        ]);
    }

    private static string Words(string missing)
    {
        var words = string.Join(", ", missing.Split(';').Select(name => name switch
        {
            "age-group" => "age group",
            "nfa" => "no further action",
            "area" => "figures of the authority",
            _ => name,
        }));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
