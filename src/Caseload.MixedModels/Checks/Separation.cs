using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Checks;

/// <summary>A direction of the coefficients along which the likelihood rises for ever.</summary>
/// <param name="Direction">The direction, for the standardised columns.</param>
/// <param name="Separated">The cells whose outcome it tells: in the limit they are predicted without error.</param>
internal sealed record SeparatingDirection(double[] Direction, bool[] Separated);

/// <summary>
/// Decides whether finite estimates exist (Albert and Anderson 1984). A direction d separates when x'd is at least 0 in every cell of
/// successes only, at most 0 in every cell of failures only, 0 in every other cell, and not 0 in all of them. A cell of counts that are
/// all 0 is one of failures only; other counts, like mixed outcomes, bound the likelihood on both sides.
/// </summary>
internal static class Separation
{
    // Cells whose derivatives are looked at together.
    private const int BlockCells = 4096;

    // How much further than rounding the proof of the screen must hold.
    private const double Margin = 10;

    // A direction counts as 0 in a cell below this share of its largest value.
    private const double Zero = 1e-7;

    // In a search that follows the estimates, cells predicted worse than this are taken to be none that a direction separates.
    private const double NearlyCertain = 1e-3;

    /// <summary>Whether the estimates of the model without random effects prove that no direction separates.</summary>
    /// <remarks>
    /// With g the gradient, w the weights and r the sizes of the scores, a separating d has d'g = sum r |x'd| over the pure cells it
    /// separates, and sum w (x'd)^2 runs over the same cells. So d'g is at least the least r / sqrt(w) of a pure cell times sqrt(d'Id), I
    /// the observed information. But d'g is at most sqrt(g'I^-1 g) sqrt(d'Id), which is the length of the next Newton step. So where that
    /// length is below the least r / sqrt(w) there is no such d. Where there is one, no estimates, however far out, meet the condition.
    /// </remarks>
    internal static bool IsExcluded(Design design, Optimum glm)
    {
        if (glm.Reason != StopReason.StepIsShort) return false;
        var (eta, cells) = (Predict(design, glm), design.Cells);
        var blocks = (cells.Count + BlockCells - 1) / BlockCells;
        var least = new double[blocks + 1];
        least[blocks] = double.PositiveInfinity;
        Parallel.For(0, blocks, block =>
        {
            var at = block * BlockCells;
            least[block] = LeastRatio(design, eta, (at, Math.Min(BlockCells, cells.Count - at)));
        });

        // Not-a-number where one block's is: then the screen proves nothing.
        return Math.Sqrt(least.Aggregate(Math.Min)) > Margin * glm.StepLength;
    }

    // The least r^2 / w of the pure cells of a block. Of cells so certain that both underflow it is not-a-number.
    private static double LeastRatio(Design design, double[] eta, (int First, int Count) block)
    {
        var (first, count) = block;
        var (score, weight, unused) = (new double[count], new double[count], new double[count]);
        design.Kernel.Derivatives(new CellSpan
        {
            Eta = eta.AsSpan(first, count),
            Successes = design.Cells.Successes.AsSpan(first, count),
            Trials = design.Cells.Trials.AsSpan(first, count),
            Score = score,
            Weight = weight,
            WeightSlope = unused,
            WeightCurve = unused,
        }, 0);
        var least = double.PositiveInfinity;
        for (var i = 0; i < count; i++)
        {
            if (Sign(design, first + i) != 0) least = Math.Min(least, score[i] * score[i] / weight[i]);
        }

        return least;
    }

    /// <summary>Finds a direction that separates, or null where there is none. Others may be left once its cells are taken away.</summary>
    /// <param name="design">The design, of full rank.</param>
    /// <param name="glm">Where the search for estimates without random effects ended.</param>
    internal static SeparatingDirection? Find(Design design, Optimum glm)
    {
        var pure = Enumerable.Range(0, design.Cells.Count).Select(cell => Sign(design, cell) != 0).ToArray();

        // The estimates have gone far along the direction, so the cells it separates are predicted nearly without error: to look among
        // those alone is quick and exact to rounding. Where they yield nothing, all pure cells are looked at.
        var candidates = new bool[pure.Length];
        var eta = Predict(design, glm);
        for (var cell = 0; cell < eta.Length; cell++)
        {
            // Of a nearly certain outcome, minus its log-likelihood is the probability that it had come out otherwise.
            candidates[cell] = pure[cell]
                && -design.Kernel.At(design.Cells.Successes[cell], design.Cells.Trials[cell], eta[cell]).LogLikelihood
                    < NearlyCertain * design.Cells.Trials[cell];
        }

        return FindAmong(design, candidates) ?? FindAmong(design, pure);
    }

    private static SeparatingDirection? FindAmong(Design design, bool[] candidates)
    {
        // The direction is 0 in all other cells: it is a combination of the directions in which those do not move.
        var others = design.Where([.. candidates.Select(candidate => !candidate)]);
        var free = NullDirections(ColumnRank.Of(others.Operator.Columns(), design.Standardised.RawSizes), design.Width);
        var cells = Enumerable.Range(0, candidates.Length).Where(cell => candidates[cell]).ToArray();
        if (free.Count == 0 || cells.Length == 0) return null;
        var columns = design.Operator.Columns();
        var moves = cells.Select(cell => Moves(columns, free, (cell, Sign(design, cell)))).ToArray();
        if (Direction(moves) is not { } found) return null;
        var direction = new double[design.Width];
        for (var f = 0; f < free.Count; f++) Vectors.AddTimes(direction, found[f], free[f]);
        return Certify(design, direction, candidates);
    }

    // By Stiemke's theorem either some combination of the rows with coefficients all above 0 vanishes, or a direction has a scalar product
    // of 0 or more with all rows and above 0 with one. Least squares decides: the rest of minus the sum of rows, after rows with
    // coefficients of 0 or more, is 0 in the first case and minus such a direction in the second.
    private static double[]? Direction(double[][] moves)
    {
        var rows = moves.Select(move => (Move: move, Length: Math.Sqrt(Vectors.Dot(move, move)))).Where(row => row.Length > 1e-10)
            .Select(row => row.Move.Select(v => v / row.Length).ToArray()).ToArray();
        if (rows.Length == 0) return null;
        var target = new double[rows[0].Length];
        foreach (var row in rows)
        {
            for (var k = 0; k < target.Length; k++) target[k] -= row[k];
        }

        var tolerance = 1e-12 * rows.Length;
        var direction = NonNegativeLeastSquares.Rest(rows, target, tolerance).Select(r => -r).ToArray();
        return Math.Sqrt(Vectors.Dot(direction, direction)) > 10 * tolerance ? direction : null;
    }

    // A direction is believed only after every cell has been looked at.
    private static SeparatingDirection? Certify(Design design, double[] direction, bool[] candidates)
    {
        var values = new double[design.Cells.Count];
        design.Operator.Predict(direction, values);
        var largest = values.Max(Math.Abs);
        if (largest == 0) return null;
        var separated = new bool[values.Length];
        for (var cell = 0; cell < values.Length; cell++)
        {
            if (Math.Abs(values[cell]) <= Zero * largest) continue;
            if (!candidates[cell] || values[cell] * Sign(design, cell) < 0) return null;
            separated[cell] = true;
        }

        return new SeparatingDirection(direction, separated);
    }

    /// <summary>The directions in which no cell moves: one for each aliased column.</summary>
    internal static List<double[]> NullDirections(ColumnRank rank, int width) => [.. rank.Aliased.Select(aliased =>
    {
        var direction = new double[width];
        for (var k = 0; k < width; k++) direction[k] = -aliased.Combination[k];
        direction[aliased.Column] = 1;
        return direction;
    })];

    private static double[] Moves(IReadOnlyList<double[]> columns, List<double[]> free, (int Cell, int Sign) at) =>
        [.. free.Select(direction => at.Sign * Enumerable.Range(0, columns.Count).Sum(k => direction[k] * columns[k][at.Cell]))];

    private static double[] Predict(Design design, Optimum glm) => design.Predict(glm.Point.AsMemory(0, design.Width));

    private static int Sign(Design design, int cell) => design.Kernel.Sign(design.Cells.Successes[cell], design.Cells.Trials[cell]);
}
