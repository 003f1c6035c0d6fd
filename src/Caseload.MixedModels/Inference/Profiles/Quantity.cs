namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>
/// A function of a likelihood's parameters whose limits are sought: linear with exact derivatives, or any other with derivatives by
/// differences, which cost no pass over the data.
/// </summary>
internal sealed class Quantity
{
    // Of the size of a parameter: the errors of first and second differences then lie near 1e-10 and 1e-7. A limit moves with the square
    // of the first; the second tells only how fast it is found.
    private const double FirstStep = 6e-6;
    private const double SecondStep = 1e-4;

    private readonly double[]? weights;
    private readonly Func<double[], double> value;
    private readonly int[] moves;

    private Quantity(double[]? weights, Func<double[], double> value, int[] moves) =>
        (this.weights, this.value, this.moves) = (weights, value, moves);

    /// <summary>One that is 0 everywhere.</summary>
    internal static Quantity None { get; } = Linear([]);

    /// <summary>The sum of the parameters, each times a weight.</summary>
    internal static Quantity Linear(double[] weights) =>
        new(weights, point => Numerics.Vectors.Dot(weights, point.AsSpan(0, weights.Length)), []);

    /// <summary>Any smooth function.</summary>
    /// <param name="value">The function.</param>
    /// <param name="moves">The positions of the parameters that it depends on.</param>
    internal static Quantity Of(Func<double[], double> value, IEnumerable<int> moves) => new(null, value, [.. moves]);

    /// <summary>Whether the quantity moves with a parameter.</summary>
    internal bool MovesWith(int parameter) => weights is null ? moves.Contains(parameter)
        : parameter < weights.Length && weights[parameter] != 0;

    internal double Value(double[] point) => value(point);

    internal double[] Gradient(double[] point)
    {
        var gradient = new double[point.Length];
        if (weights is not null)
        {
            weights.CopyTo(gradient, 0);
            return gradient;
        }

        var moved = (double[])point.Clone();
        foreach (var k in moves)
        {
            var step = Step(point[k], FirstStep);
            moved[k] = point[k] + step;
            var above = value(moved);
            moved[k] = point[k] - step;
            gradient[k] = (above - value(moved)) / (2 * step);
            moved[k] = point[k];
        }

        return gradient;
    }

    /// <summary>Adds a multiple of the second derivatives to a matrix.</summary>
    internal void AddCurvature(double[] point, double factor, double[,] matrix)
    {
        if (weights is not null || factor == 0) return;
        foreach (var row in moves)
        {
            foreach (var column in moves) matrix[row, column] += factor * Second(point, row, column);
        }
    }

    private double Second(double[] point, int row, int column)
    {
        var (one, other) = (Step(point[row], SecondStep), Step(point[column], SecondStep));
        return (At(1, 1) - At(1, -1) - At(-1, 1) + At(-1, -1)) / (4 * one * other);

        double At(int first, int second)
        {
            var moved = (double[])point.Clone();
            moved[row] += first * one;
            moved[column] += second * other;
            return value(moved);
        }
    }

    private static double Step(double value, double share) => share * (Math.Abs(value) + 0.1);
}
