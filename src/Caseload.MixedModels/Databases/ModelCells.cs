using Caseload.Frames;
using Caseload.Frames.Databases;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.Databases;

/// <summary>
/// What a model needs of a database: the distinct combinations of its columns, each with the number of its rows. The database counts them,
/// so that rows stay where they are; the fit from the cells is the fit from the rows.
/// </summary>
/// <param name="Frame">One row a combination, in an order that does not depend on the database.</param>
/// <param name="Settings">The settings of the fit, with the column of the counts as <see cref="FitSettings.RowCounts"/>.</param>
/// <param name="Rows">The number of rows that were counted.</param>
public sealed record ModelCells(Frame Frame, FitSettings Settings, int Rows)
{
    private const string CountColumn = "caseload_rows";

    /// <summary>Has a database count the rows of a query by the columns of a model.</summary>
    /// <param name="session">The database.</param>
    /// <param name="query">The rows.</param>
    /// <param name="formula">The model.</param>
    /// <param name="settings">How it is to be fitted; columns that it names are counted by too.</param>
    /// <exception cref="ProblemException">
    /// The query lacks a column that is named (wrong usage), gives no row or more than 2,147,483,647 (check failed), or the database
    /// fails (unreadable).
    /// </exception>
    public static ModelCells Count(DatabaseSession session, DatabaseQuery query, ModelFormula formula, FitSettings settings)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(settings);
        var available = session.Columns(query);
        var names = Names(available, formula, settings);
        var count = CountColumn;
        while (available.Find(count) is not null) count += "_";
        var list = string.Join(", ", names.Select(session.Quote));
        var statement = query.Within($"SELECT {list}, COUNT(*) AS {count}", $"GROUP BY {list}");
        using var rows = session.Run(statement);

        // A database may fold the case of a name that stands in no quotation marks.
        var read = DatabaseFrame.Read(rows);
        var counted = read.Columns[^1].Name;
        var total = read.RowCount == 0 ? 0 : Sum(read.Number(counted).Values);
        if (total == 0 || total > int.MaxValue)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed,
                total == 0 ? "a query without rows" : "a query of more than 2,147,483,647 rows",
                total == 0 ? "at least one row" : "fewer", $"{session.Name}: {query.Place}",
                total == 0 ? "Check the conditions of the query." : "Fit a part of the rows."));
        return new ModelCells(Sorted(read), settings with
        {
            RowCounts = counted,
            Factors = [.. settings.Factors.Where(names.Contains)],
            References = settings.References.Where(r => names.Contains(r.Key)).ToDictionary(r => r.Key, r => r.Value),
        }, (int)total);
    }

    private static string[] Names(Frame available, ModelFormula formula, FitSettings settings)
    {
        foreach (var reference in FormulaColumns.Of(formula)) ColumnLookup.Find(reference, available, formula.Text);
        foreach (var named in settings.Factors.Concat(settings.References.Keys)) _ = available[named];
        string[] names =
        [
            .. FormulaColumns.Of(formula).Select(reference => reference.Name)
                .Concat(new[] { settings.Weights, settings.Frequencies }.OfType<string>()).Distinct(),
        ];
        foreach (var name in names) _ = available[name];
        return names;
    }

    private static double Sum(ReadOnlySpan<double> counts)
    {
        var sum = 0.0;
        foreach (var count in counts) sum += count;
        return sum;
    }

    // Databases give groups in any order, and another one the next time: sums of a continuous response would differ in their last digits.
    private static Frame Sorted(Frame cells)
    {
        int[] order = [.. Enumerable.Range(0, cells.RowCount)];
        Array.Sort(order, (left, right) =>
        {
            foreach (var column in cells.Columns)
            {
                if (column.Compare(left, right) is var sign and not 0) return sign;
            }

            return 0;
        });
        return cells.Take(order);
    }
}
