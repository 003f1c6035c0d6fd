namespace Caseload.Models.MissingData;

/// <summary>One completed data set as it stands between two draws: how many of each incomplete cell have which missing values.</summary>
internal sealed class CompletedCells
{
    private readonly ChildCells cells;
    private readonly int[][] agreeing;
    private readonly int[][] counts;

    /// <summary>A first completion: each missing value from the shares of the recorded ones.</summary>
    internal CompletedCells(ChildCells cells, ImputationDraws draws)
    {
        this.cells = cells;
        agreeing = [.. cells.Incomplete.Select(cell =>
            Enumerable.Range(0, cells.Completions).Where(c => cells.Agrees(cell, c)).ToArray())];
        counts = [.. cells.Incomplete.Select((_, i) => new int[agreeing[i].Length])];
        var shares = Enumerable.Range(0, 3).Select(v => Recorded((ImputedVariable)v)).ToArray();
        for (var i = 0; i < counts.Length; i++)
        {
            // What is recorded divides out: all completions that agree share it.
            Spread(draws, counts[i], cells.Incomplete[i].Children,
                [.. agreeing[i].Select(c => Enumerable.Range(0, 3).Aggregate(1.0, (product, v) =>
                    product * shares[v][cells.ValueOf((ImputedVariable)v, c)]))]);
        }
    }

    /// <summary>How many children each authority and pattern has.</summary>
    /// <param name="recorded">Only children of whom this variable is recorded; null for all.</param>
    internal int[] Totals(ImputedVariable? recorded)
    {
        var totals = (int[])cells.Complete.Clone();
        for (var i = 0; i < counts.Length; i++)
        {
            var cell = cells.Incomplete[i];
            if (recorded is { } variable && cell.Values[(int)variable] < 0) continue;
            for (var k = 0; k < agreeing[i].Length; k++)
                totals[cells.Place(cell.Authority, cell.Base, agreeing[i][k])] += counts[i][k];
        }

        return totals;
    }

    /// <summary>Draws the missing values of a variable anew.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="models">For each value but the last, the chance of it among the children who have it or a later one.</param>
    /// <param name="draws">The random draws.</param>
    internal void Redraw(ImputedVariable variable, IReadOnlyList<PredictorDraw> models, ImputationDraws draws)
    {
        var step = cells.StepOf(variable);
        for (var i = 0; i < counts.Length; i++)
        {
            var cell = cells.Incomplete[i];
            if (cell.Values[(int)variable] >= 0) continue;
            for (var k = 0; k < agreeing[i].Length; k++)
            {
                if (cells.ValueOf(variable, agreeing[i][k]) != 0) continue;

                // Completions stand in ascending order, so those that differ in this variable alone stand as far apart everywhere.
                var places = Enumerable.Range(0, cells.Sizes[(int)variable])
                    .Select(value => Array.BinarySearch(agreeing[i], agreeing[i][k] + (value * step))).ToArray();
                var left = places.Sum(place => counts[i][place]);
                var pattern = (cell.Base * cells.Completions) + agreeing[i][k];
                for (var value = 0; value < places.Length; value++)
                {
                    var chosen = value == places.Length - 1 || left == 0
                        ? left : draws.Binomial(left, models[value].Chance(cell.Authority, pattern));
                    counts[i][places[value]] = chosen;
                    left -= chosen;
                }
            }
        }
    }

    /// <summary>The share of the imputed values that are a value of the variable.</summary>
    internal double ShareOfImputed(ImputedVariable variable, int value)
    {
        var (hits, all) = (0, 0);
        for (var i = 0; i < counts.Length; i++)
        {
            if (cells.Incomplete[i].Values[(int)variable] >= 0) continue;
            all += cells.Incomplete[i].Children;
            for (var k = 0; k < agreeing[i].Length; k++)
                hits += cells.ValueOf(variable, agreeing[i][k]) == value ? counts[i][k] : 0;
        }

        return (double)hits / all;
    }

    private double[] Recorded(ImputedVariable variable)
    {
        var shares = new double[cells.Sizes[(int)variable]];
        for (var place = 0; place < cells.Complete.Length; place++)
            shares[cells.ValueOf(variable, place % cells.Completions)] += cells.Complete[place];
        foreach (var cell in cells.Incomplete)
        {
            if (cell.Values[(int)variable] is var value and >= 0) shares[value] += cell.Children;
        }

        var sum = shares.Sum();
        return [.. shares.Select(share => share / sum)];
    }

    private static void Spread(ImputationDraws draws, int[] into, int children, double[] weights)
    {
        var (left, rest) = (children, weights.Sum());
        for (var k = 0; k < into.Length && left > 0; k++)
        {
            into[k] = k == into.Length - 1 ? left : draws.Binomial(left, Math.Min(1, weights[k] / rest));
            left -= into[k];
            rest -= weights[k];
        }
    }
}
