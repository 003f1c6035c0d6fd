using Caseload.Frames;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Inference.Hypotheses;

/// <summary>
/// The first stage: an effect of each area as a coefficient of its own, beside the coefficients of what varies within areas. The
/// information is diagonal in the areas, so that Newton's method eliminates them one by one. docs/method.md has the formulas.
/// </summary>
/// <param name="design">The design of what varies within areas; the cells are in the order of areas.</param>
/// <param name="areas">The areas that have an effect: those whose outcomes are not all alike.</param>
internal sealed class AreaEffects(Design design, int[] areas)
{
    // In standard errors.
    private const double Tolerance = 1e-8;

    private const int MostSteps = 50;
    private const int MostHalvings = 30;

    private readonly double[] effects = new double[design.Cells.GroupCount];
    private readonly double[] eta = new double[design.Cells.Count];
    private readonly double[] score = new double[design.Cells.Count];
    private readonly double[] weight = new double[design.Cells.Count];
    private double[] beta = new double[design.Width];

    /// <summary>The effects of the areas, at 0 of the standardised columns.</summary>
    internal double[] Estimates => [.. areas.Select(area => effects[area])];

    /// <summary>Their covariance matrix, over the residual variance where there is one.</summary>
    internal AreaSampling Sampling { get; private set; } = new([], []);

    /// <summary>The sum of squares of residuals of a linear model, over the areas that have an effect, without what is within
    /// cells.</summary>
    internal double Squares { get; private set; }

    /// <summary>Finds them.</summary>
    /// <exception cref="ProblemException">No estimate exists.</exception>
    internal void Find()
    {
        var value = At(beta, effects);
        for (var step = 0; step < MostSteps; step++)
        {
            var (move, moves, length) = Step();
            if (length <= Tolerance)
            {
                Squares = Rest();
                return;
            }

            var (from, start, fraction) = (beta, (double[])effects.Clone(), 1.0);
            for (var halving = 0; ; halving++, fraction /= 2)
            {
                if (halving == MostHalvings) throw NoEstimate();
                beta = [.. from.Zip(move, (at, by) => at + fraction * by)];
                for (var i = 0; i < areas.Length; i++) effects[areas[i]] = start[areas[i]] + fraction * moves[i];
                var next = At(beta, effects);
                if (!(next >= value - 1e-12 * (1 + Math.Abs(value)))) continue;
                value = next;
                break;
            }
        }

        throw NoEstimate();
    }

    private double At(double[] coefficients, double[] ofAreas)
    {
        design.Predict(coefficients).CopyTo(eta, 0);
        var sum = 0.0;
        foreach (var area in areas)
        {
            for (var cell = design.Cells.GroupStarts[area]; cell < design.Cells.GroupStarts[area + 1]; cell++)
            {
                eta[cell] += ofAreas[area];
                var at = design.Kernel.At(design.Cells.Successes[cell], design.Cells.Trials[cell], eta[cell]);
                (score[cell], weight[cell]) = (at.Score, at.Weight);
                sum += at.LogLikelihood;
            }
        }

        return sum;
    }

    // With D the diagonal block of the areas, B the sums of weights times columns and A the block of the columns: S = A - B'D^-1 B.
    private (double[] Columns, double[] Areas, double Length) Step()
    {
        var width = design.Width;
        var (crossed, weights, scores) = (new double[areas.Length][], new double[areas.Length], new double[areas.Length]);
        var (gram, slope) = (new double[width, width], new double[width]);
        design.Operator.AddGram(weight, gram);
        design.Operator.AddTranspose(score, slope);
        for (var i = 0; i < areas.Length; i++)
        {
            var cells = design.Cells.GroupStarts[areas[i]]..design.Cells.GroupStarts[areas[i] + 1];
            crossed[i] = new double[width];
            design.Operator.GroupSums(areas[i], weight.AsSpan(cells), crossed[i]);
            (weights[i], scores[i]) = (weight[cells].Sum(), score[cells].Sum());
            for (var row = 0; row < width; row++)
            {
                slope[row] -= crossed[i][row] * scores[i] / weights[i];
                for (var column = 0; column <= row; column++) gram[row, column] -= crossed[i][row] * crossed[i][column] / weights[i];
            }
        }

        if (Cholesky.Factor(gram) is not { } factor) throw NoEstimate();
        var move = factor.Solve(slope);
        double[] moves = [.. crossed.Select((row, i) => (scores[i] - Vectors.Dot(row, move)) / weights[i])];
        Sampling = Of(crossed, weights, factor.Inverse());
        design.Operator.AddTranspose(score, slope = new double[width]);
        return (move, moves, Math.Sqrt(Math.Max(Vectors.Dot(slope, move) + Vectors.Dot(scores, moves), 0)));
    }

    // D^-1 + D^-1 B S^-1 B'D^-1, with a root of S^-1.
    private static AreaSampling Of(double[][] crossed, double[] weights, double[,] inverse)
    {
        double[] own = [.. weights.Select(weight => 1 / weight)];
        if (inverse.Length == 0) return new AreaSampling(own, []);
        var root = Matrix<double>.Build.DenseOfArray(inverse).Cholesky().Factor;
        return new AreaSampling(own, [.. root.EnumerateColumns().Select(column =>
            crossed.Select((row, area) => Vectors.Dot(row, column.ToArray()) * own[area]).ToArray())]);
    }

    private double Rest()
    {
        var sum = 0.0;
        foreach (var area in areas)
        {
            for (var cell = design.Cells.GroupStarts[area]; cell < design.Cells.GroupStarts[area + 1]; cell++)
            {
                var (trials, mean) = (design.Cells.Trials[cell], design.Cells.Successes[cell] / design.Cells.Trials[cell]);
                sum += trials * (mean - eta[cell]) * (mean - eta[cell]);
            }
        }

        return sum;
    }

    private static ProblemException NoEstimate() => new(new Problem(ProblemKind.NoEstimate,
        "no estimate of a model with a coefficient for each area", "covariates that vary within areas and do not tell the outcome", "",
        "Leave out terms that hardly vary within areas, or merge levels; take the bootstrap likelihood ratio."));
}
