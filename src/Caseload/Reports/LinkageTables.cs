using Caseload.Frames;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The tables of what cleaning and linking the returns met.</summary>
public static class LinkageTables
{
    /// <summary>How well the identifiers of each authority carry over, a row an authority and year.</summary>
    /// <param name="results">The results of a run that linked returns.</param>
    public static Frame Continuity(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var (years, mark) = (Required(results).Years, results.Policy.Mark);
        return new Frame([
            TextColumn.Of("authority", years.Select(y => y.Authority)),
            new IntegerColumn("census_year", [.. years.Select(y => y.Year)]),
            StudyTables.Counts("open_cases", years.Select(y => (y.OpenCases, y.IsHidden)), mark),
            StudyTables.Counts("found_again", years.Select(y => (y.FoundAgain, y.IsHidden)), mark),
            StudyTables.Numbers("score", years.Select(y => (y.Score, y.IsHidden)), mark),
            Flags("broken_between_years", years.Select(y => y.BrokenBetweenYears)),
            Flags("broken_within_year", years.Select(y => y.BrokenWithinYear)),
        ]);
    }

    /// <summary>The authorities whose identifiers do not carry over, as far as they may be named.</summary>
    /// <param name="results">The results of a run that linked returns.</param>
    public static Frame Flagged(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var flagged = Required(results).Flagged;
        return new Frame([
            TextColumn.Of("authority", flagged.Select(f => f.Authority)),
            TextColumn.Of("how", flagged.Select(f => f.How)),
            new NumberColumn("score", [.. flagged.Select(f => f.LowestScore ?? double.NaN)]),
        ]);
    }

    /// <summary>Children in several authorities, and first referrals that are known not to be the first.</summary>
    /// <param name="results">The results of a run that linked returns.</param>
    public static Frame Moves(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var moves = Required(results).Moves;
        return new Frame([
            TextColumn.Of("what", moves.Select(m => m.What)),
            TextColumn.Of("count", moves.Select(m => results.Policy.Write(m.Count))),
        ]);
    }

    /// <summary>What each step of cleaning did, a row a count.</summary>
    /// <param name="results">The results of a run that cleaned returns.</param>
    public static Frame Cleaning(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var counts = results.Release().Cleaning;
        return new Frame([
            TextColumn.Of("step", counts.Select(c => c.Step)),
            new FlagColumn("taken", [.. counts.Select(c => c.IsTaken ? (sbyte)1 : (sbyte)0)]),
            TextColumn.Of("what", counts.Select(c => c.What)),
            StudyTables.Counts("count", counts.Select(c => (c.Count, c.Count is null)), results.Policy.Mark),
        ]);
    }

    private static LinkageRelease Required(StudyResults results) => results.Release().Linkage
        ?? throw new ProblemException(new Problem(
            ProblemKind.NoEstimate, "results of a cohort file", "results of a run that linked returns", "",
            "A cohort file does not say how its years were linked: make the run from the returns."));

    private static FlagColumn Flags(string name, IEnumerable<bool?> flags) =>
        new(name, [.. flags.Select(f => f switch { true => (sbyte)1, false => (sbyte)0, null => FlagColumn.Missing })]);
}
