using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Fits;

/// <summary>Carries estimated covariance factors and modes back to the columns as they were given.</summary>
internal sealed class RandomEstimates
{
    private readonly RandomLayout layout;
    private readonly CovarianceFactors factors;
    private readonly double[,]? elementCovariance;
    private readonly double factor;

    /// <param name="layout">How the random effects meet the cells.</param>
    /// <param name="factors">The estimated covariance factors.</param>
    /// <param name="elementCovariance">The covariance matrix of their free elements times the factor, or null.</param>
    /// <param name="conditional">The modes of the random effects, and their conditional covariances over the factor's square.</param>
    /// <param name="factor">What the covariance factors are relative to: the residual standard deviation, or 1.</param>
    private RandomEstimates(RandomLayout layout, CovarianceFactors factors, double[,]? elementCovariance,
        (double[] Effects, BlockMatrix Covariance) conditional, double factor)
    {
        (this.layout, this.factors, this.elementCovariance, this.factor) = (layout, factors, elementCovariance, factor);
        Singular = [.. BlockPlace.Of(layout).SelectMany(block => Directions(block))];
        Part = new RandomPart([.. BlockPlace.Of(layout).Select(Effect)], [.. Modes(conditional.Effects, conditional.Covariance)]);
    }

    /// <summary>Of a generalised model, from its likelihood at the estimates.</summary>
    internal static RandomEstimates Of(IRandomEffectsLikelihood likelihood, double[] point, LikelihoodPoint at, double[,]? covariance)
    {
        var conditional = likelihood.Conditional(point, at.Modes);
        return new RandomEstimates(likelihood.Layout, likelihood.Factors,
            covariance is null ? null : Trailing(covariance, likelihood.FirstRandomParameter, likelihood.Factors.Elements.Count),
            conditional, 1);
    }

    /// <summary>Of a linear model, from the estimates.</summary>
    internal static RandomEstimates Of(LinearSolution solution, (RandomLayout Layout, CovarianceFactors Factors) at, double[] point,
        double[,]? covariance) => new(at.Layout, at.Factors, covariance is null ? null : solution.ElementCovariance(point, covariance),
            (solution.Effects, solution.Conditional), solution.Deviation);

    /// <summary>What the fit says of the random effects.</summary>
    internal RandomPart Part { get; }

    /// <summary>The directions in which they do not vary.</summary>
    internal IReadOnlyList<SingularDirection> Singular { get; }

    private RandomEffect Effect(BlockPlace place)
    {
        var (size, root) = (place.Size, Basis(place) * Lambda(place));
        var covariance = root * root.Transpose();
        double[] deviations = [.. Enumerable.Range(0, size).Select(row => Math.Sqrt(covariance[row, row]))];
        return new RandomEffect(
            layout.Groupings[place.Grouping].Grouping.Groups.Name, [.. place.Block.Columns.Select(column => column.Name)],
            deviations, [.. Enumerable.Range(0, size).Select(row => DeviationError(place, (root, row), deviations[row]))],
            [.. Enumerable.Range(0, size).Select(row => (IReadOnlyList<double>)covariance.Row(row).ToArray())]);
    }

    // The block of Lambda, of the effects of centred columns of root mean square 1, in the unit of the response.
    private Matrix<double> Lambda(BlockPlace place) => Matrix<double>.Build.Dense(place.Size, place.Size,
        (row, column) => factor * factors.Lambda[place.Grouping][place.First + row, place.First + column]);

    private Matrix<double> Basis(BlockPlace place) => Matrix<double>.Build.DenseOfArray(place.Basis(layout));

    // By the delta method: the derivative of sqrt(sum of squares of a row of the root) by an element of the row is that divided by it.
    private double DeviationError(BlockPlace place, (Matrix<double> Root, int Row) at, double deviation)
    {
        var group = layout.Groupings[place.Grouping].Grouping.Groups.Name;
        if (elementCovariance is null || Singular.Any(direction => direction.Group == group))
            return double.NaN;
        var basis = Basis(place);
        var slopes = factors.Elements.Select(element => element.Grouping == place.Grouping && place.Holds(element.Row)
            ? basis[at.Row, element.Row - place.First] * at.Root[at.Row, element.Column - place.First] / deviation : 0).ToArray();
        var variance = 0.0;
        for (var i = 0; i < slopes.Length; i++)
        {
            for (var j = 0; j < slopes.Length; j++) variance += slopes[i] * elementCovariance[i, j] * slopes[j];
        }

        return Math.Sqrt(variance);
    }

    private IEnumerable<SingularDirection> Directions(BlockPlace place)
    {
        var group = layout.Groupings[place.Grouping].Grouping.Groups.Name;
        var lambda = Lambda(place);
        var decomposition = (lambda * lambda.Transpose()).Evd(Symmetricity.Symmetric);
        for (var k = 0; k < place.Size; k++)
        {
            var deviation = Math.Sqrt(Math.Max(decomposition.EigenValues[k].Real, 0));
            if (deviation >= FitChecks.SingularTolerance * factor) continue;
            var direction = decomposition.EigenVectors.Column(k);
            yield return new SingularDirection(group, Words(place, direction), deviation);
        }
    }

    // As a combination of the effects of the columns as they were given.
    private string Words(BlockPlace place, Vector<double> direction)
    {
        var original = Basis(place).Transpose().Solve(direction).ToArray();
        var largest = original.MaxBy(Math.Abs);
        var parts = place.Block.Columns.Select((column, k) => (column.Name, Share: original[k] / largest))
            .Where(part => Math.Abs(part.Share) > 1e-6)
            .Select(part => part.Share == 1 ? part.Name : FormattableString.Invariant($"{part.Share:G3} x {part.Name}"));
        return string.Join(" + ", parts);
    }

    private IEnumerable<ConditionalMode> Modes(double[] effects, BlockMatrix conditional)
    {
        foreach (var place in BlockPlace.Of(layout))
        {
            var (grouping, name) = (layout.Groupings[place.Grouping], layout.Groupings[place.Grouping].Grouping.Groups.Name);
            var basis = place.Basis(layout);
            for (var group = 0; group < grouping.Groups; group++)
            {
                var node = grouping.FirstNode + group;
                var (start, slot) = (layout.Pattern.Start(node) + place.First, layout.Pattern.ColumnStarts[node]);
                for (var k = 0; k < place.Size; k++)
                {
                    var (mode, variance) = (0.0, 0.0);
                    for (var i = 0; i < place.Size; i++)
                    {
                        mode += basis[k, i] * effects[start + i];
                        for (var j = 0; j < place.Size; j++)
                            variance += basis[k, i] * basis[k, j]
                                * conditional.Block(slot)[(place.First + i) * grouping.Effects + place.First + j];
                    }

                    yield return new ConditionalMode(name, grouping.Grouping.Groups.Levels![group], place.Block.Columns[k].Name,
                        mode, factor * Math.Sqrt(variance));
                }
            }
        }
    }

    private static double[,] Trailing(double[,] matrix, int first, int count)
    {
        var block = new double[count, count];
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < count; column++) block[row, column] = matrix[first + row, first + column];
        }

        return block;
    }
}
