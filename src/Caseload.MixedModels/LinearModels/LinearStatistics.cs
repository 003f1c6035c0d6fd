using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Numerics;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.LinearModels;

/// <summary>
/// All that the likelihood of a linear mixed model depends on, computed once: the weighted cross products of the columns of the fixed
/// effects, those of the random effects, and what a first least-squares fit leaves of the response, r. As r is small where the model fits,
/// little cancels.
/// </summary>
internal sealed class LinearStatistics
{
    private LinearStatistics(Design design, RandomLayout layout) => (Design, Layout) = (design, layout);

    internal Design Design { get; }

    internal RandomLayout Layout { get; }

    /// <summary>The number of observations; with weights that say how often each counts, their sum.</summary>
    internal required double Observations { get; init; }

    /// <summary>The coefficients of the first fit, without random effects.</summary>
    internal required double[] First { get; init; }

    /// <summary>(X, r)'W(X, r); the last row and column belong to r.</summary>
    internal required double[,] Products { get; init; }

    /// <summary>Z'WZ.</summary>
    internal required BlockMatrix Information { get; init; }

    /// <summary>Z'W(X, r), column after column.</summary>
    internal required double[][] Crossed { get; init; }

    /// <summary>The weighted sum of squares of the response, offsets taken off: what residuals are small against.</summary>
    internal required double Size { get; init; }

    /// <summary>The statistics, or null where the columns are too nearly dependent to be told apart.</summary>
    /// <param name="design">The design, of full rank.</param>
    /// <param name="layout">How the random effects meet the cells; without groupings where there are none.</param>
    /// <param name="means">The response.</param>
    /// <param name="observations">The number of observations.</param>
    internal static LinearStatistics? Of(Design design, RandomLayout layout, CellMeans means, int observations) =>
        Of(design, layout, means, observations, design.Cells.Trials);

    /// <summary>The same with weights of the cells other than their trials.</summary>
    internal static LinearStatistics? Of(Design design, RandomLayout layout, CellMeans means, int observations, double[] weights)
    {
        var gram = Gram(design, weights);
        if (Cholesky.Factor(gram) is not { } factor) return null;
        double[] y = [.. means.Means];
        if (design.Offsets.Length > 0) Vectors.AddTimes(y, -1, design.Offsets);
        var first = new double[design.Width];
        var (rest, weighted, sums) = ((double[])y.Clone(), new double[y.Length], new double[design.Width]);

        // The second step corrects what rounding leaves of the first.
        for (var step = 0; step < 2; step++)
        {
            Sums();
            Vectors.AddTimes(first, 1, factor.Solve(sums));
            design.Operator.Predict(first, rest);
            for (var cell = 0; cell < rest.Length; cell++) rest[cell] = y[cell] - rest[cell];
        }

        Sums();
        var (information, crossed) = Random(layout, weights, [.. design.Operator.Columns(), rest]);
        return new LinearStatistics(design, layout)
        {
            Observations = observations,
            First = first,
            Products = Joined(gram, sums, Vectors.Dot(weighted, rest) + means.Within),
            Information = information,
            Crossed = crossed,
            Size = Squares(y, weights) + means.Within,
        };

        void Sums()
        {
            for (var cell = 0; cell < rest.Length; cell++) weighted[cell] = weights[cell] * rest[cell];
            Array.Clear(sums);
            design.Operator.AddTranspose(weighted, sums);
        }
    }

    /// <summary>What some of the cells add to the statistics, about the same first fit; they need not tell every coefficient.</summary>
    /// <param name="cells">The cells, in their order.</param>
    /// <param name="columns">The columns of the design, written out.</param>
    /// <param name="means">The response of these cells.</param>
    /// <param name="observations">How many observations they hold.</param>
    internal LinearStatistics At(int[] cells, IReadOnlyList<double[]> columns, CellMeans means, double observations)
    {
        var (design, layout) = (Design.At(cells, columns), Layout.At(cells));
        var weights = design.Cells.Trials;
        double[] y = [.. means.Means];
        if (design.Offsets.Length > 0) Vectors.AddTimes(y, -1, design.Offsets);
        var (rest, sums) = (new double[y.Length], new double[design.Width]);
        design.Operator.Predict(First, rest);
        for (var cell = 0; cell < rest.Length; cell++) rest[cell] = y[cell] - rest[cell];
        design.Operator.AddTranspose([.. rest.Zip(weights, (left, weight) => weight * left)], sums);
        var (information, crossed) = Random(layout, weights, [.. design.Operator.Columns(), rest]);
        return new LinearStatistics(design, layout)
        {
            Observations = observations,
            First = First,
            Products = Joined(Gram(design), sums, Squares(rest, weights) + means.Within),
            Information = information,
            Crossed = crossed,
            Size = Squares(y, weights) + means.Within,
        };
    }

    /// <summary>The statistics of the model with the random effects of one grouping only.</summary>
    /// <param name="grouping">The grouping's place.</param>
    /// <param name="layout">How its random effects meet the cells.</param>
    internal LinearStatistics Only(int grouping, RandomLayout layout)
    {
        var (place, pattern) = (Layout.Groupings[grouping], Layout.Pattern);
        var information = new BlockMatrix(layout.Pattern);
        for (var group = 0; group < place.Groups; group++)
            Information.Block(pattern.ColumnStarts[place.FirstNode + group]).CopyTo(information.Block(layout.Pattern.ColumnStarts[group]));
        var first = pattern.Start(place.FirstNode);
        return new LinearStatistics(Design, layout)
        {
            Observations = Observations,
            First = First,
            Products = Products,
            Information = information,
            Crossed = [.. Crossed.Select(column => column[first..(first + layout.Pattern.Length)])],
            Size = Size,
        };
    }

    /// <summary>X'WX, the lower triangle.</summary>
    internal static double[,] Gram(Design design) => Gram(design, design.Cells.Trials);

    private static double[,] Gram(Design design, double[] weights)
    {
        var gram = new double[design.Width, design.Width];
        design.Operator.AddGram(weights, gram);
        return gram;
    }

    private static double[,] Joined(double[,] gram, double[] sums, double squares)
    {
        var width = sums.Length;
        var products = new double[width + 1, width + 1];
        for (var row = 0; row < width; row++)
        {
            for (var column = 0; column <= row; column++) products[row, column] = products[column, row] = gram[row, column];
            products[row, width] = products[width, row] = sums[row];
        }

        products[width, width] = squares;
        return products;
    }

    private static (BlockMatrix Information, double[][] Crossed) Random(
        RandomLayout layout, double[] weights, IReadOnlyList<double[]> columns)
    {
        var (sums, information) = (new RunSums(layout), new BlockMatrix(layout.Pattern));
        for (var run = 0; run < layout.Runs; run++) sums.SetMoments(run, weights.AsSpan(layout.RunStarts[run]..layout.RunStarts[run + 1]));
        sums.GatherMoments(information);
        var (crossed, weighted) = (new double[columns.Count][], new double[weights.Length]);
        for (var k = 0; k < columns.Count; k++)
        {
            for (var cell = 0; cell < weighted.Length; cell++) weighted[cell] = weights[cell] * columns[k][cell];
            for (var run = 0; run < layout.Runs; run++)
                sums.SetScores(run, weighted.AsSpan(layout.RunStarts[run]..layout.RunStarts[run + 1]));
            crossed[k] = new double[layout.Pattern.Length];
            sums.GatherScores(crossed[k]);
        }

        return (information, crossed);
    }

    private static double Squares(double[] values, double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++) sum += weights[i] * values[i] * values[i];
        return sum;
    }
}
