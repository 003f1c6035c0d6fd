namespace Caseload.Models.MissingData;

/// <summary>The mean of the values imputed in one round: the share of girls, of disabled children, or of the first need.</summary>
/// <param name="Imputation">The number of the imputation, from 1.</param>
/// <param name="Iteration">The round, from 1.</param>
/// <param name="Variable">What was imputed.</param>
/// <param name="Share">The share among the imputed values.</param>
public sealed record ImputedShare(int Imputation, int Iteration, ImputedVariable Variable, double Share);

/// <summary>
/// One imputation by chained equations (van Buuren 2018, chapter 4): in every round each variable that lacks values is drawn anew from a
/// model of it given the outcome and all else. A variable of several values goes by continuation ratios: a logistic model of the first
/// value, of the second among the others, and so on.
/// </summary>
internal sealed class ChainedEquations
{
    private readonly ChildCells cells;
    private readonly ImputedVariable[] variables;
    private readonly ImputationModel[] models;

    internal ChainedEquations(ChildCells cells)
    {
        this.cells = cells;

        // Fewest missing values first, so that the others are drawn given the best of it.
        variables = [.. Enum.GetValues<ImputedVariable>().Where(v => cells.Missing(v) > 0).OrderBy(cells.Missing).ThenBy(v => v)];
        models = [.. variables.Select(v => new ImputationModel(cells, v))];
    }

    /// <summary>The children of a completed data set, by authority and pattern.</summary>
    /// <param name="number">The number of the imputation, from 1.</param>
    /// <param name="settings">How many rounds, from which seed.</param>
    internal (int[] Completed, IReadOnlyList<ImputedShare> Trace) Run(int number, MissingDataSettings settings)
    {
        var draws = new ImputationDraws(settings.Seed, number);
        var completed = new CompletedCells(cells, draws);
        var trace = new List<ImputedShare>();
        for (var iteration = 1; iteration <= settings.Iterations; iteration++)
        {
            for (var v = 0; v < variables.Length; v++)
            {
                var variable = variables[v];
                var totals = completed.Totals(variable);
                var model = models[v];
                completed.Redraw(variable,
                    [.. Enumerable.Range(0, cells.Sizes[(int)variable] - 1).Select(value =>
                        model.Draw(Training(totals, variable, value), draws))],
                    draws);
                var shown = variable == ImputedVariable.Need ? 0 : 1;
                trace.Add(new ImputedShare(number, iteration, variable, completed.ShareOfImputed(variable, shown)));
            }
        }

        return (completed.Totals(null), trace);
    }

    private List<TrainingCell> Training(int[] totals, ImputedVariable variable, int value)
    {
        var step = cells.StepOf(variable);
        var size = cells.Sizes[(int)variable];
        var training = new List<TrainingCell>();
        for (var place = 0; place < totals.Length; place++)
        {
            if (cells.ValueOf(variable, place % cells.Completions) != 0) continue;
            var (hits, misses) = (totals[place + (value * step)], 0);
            for (var later = value + 1; later < size; later++) misses += totals[place + (later * step)];
            if (hits + misses > 0) training.Add(new TrainingCell(place / cells.Patterns, place % cells.Patterns, hits, misses));
        }

        return training;
    }
}
