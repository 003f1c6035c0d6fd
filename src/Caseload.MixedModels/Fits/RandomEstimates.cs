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
        Singular = [.. Blocks().SelectMany(block => Directions(block))];
        Part = new RandomPart([.. Blocks().Select(Effect)], [.. Modes(conditional.Effects, conditional.Covariance)]);
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

    private IEnumerable<BlockPlace> Blocks()
    {
        for (var g = 0; g < layout.Groupings.Count; g++)
        {
            var first = 0;
            foreach (var block in layout.Groupings[g].Grouping.Blocks)
            {
                yield return new BlockPlace(g, first, block);
                first += block.Columns.Count;
            }
        }
    }

    private RandomEffect Effect(BlockPlace place)
    {
        var (root, covariance) = (Root(place), new double[place.Size][]);
        for (var row = 0; row < place.Size; row++)
        {
            covariance[row] = new double[place.Size];
            for (var column = 0; column < place.Size; column++)
            {
                for (var k = 0; k < place.Size; k++) covariance[row][column] += root[row, k] * root[column, k];
            }
        }

        double[] deviations = [.. covariance.Select((row, k) => Math.Sqrt(row[k]))];
        return new RandomEffect(layout.Groupings[place.Grouping].Grouping.Groups.Name, [.. place.Block.Columns.Select(column => column.Name)],
            deviations, [.. deviations.Select((deviation, row) => DeviationError(place, row, root, deviation))], covariance);
    }

    // A root of the covariance matrix of the effects of the columns as they were given: Lambda carried back.
    private double[,] Root(BlockPlace place)
    {
        var (lambda, origins, root) = (factors.Lambda[place.Grouping], Origins(place), new double[place.Size, place.Size]);
        for (var row = 0; row < place.Size; row++)
        {
            for (var column = 0; column < place.Size; column++)
            {
                for (var k = column; k < place.Size; k++)
                    root[row, column] += factor * origins[row, k] * lambda[place.First + k, place.First + column];
            }
        }

        return root;
    }

    private EffectOrigins Origins(BlockPlace place) =>
        new(layout.Columns, layout.Groupings[place.Grouping].Columns.AsMemory(place.First, place.Size));

    // Of the effects of the columns as they were fitted.
    private double Covariance(BlockPlace place, int row, int column)
    {
        var (lambda, sum) = (factors.Lambda[place.Grouping], 0.0);
        for (var k = place.First; k < place.First + place.Size; k++) sum += lambda[place.First + row, k] * lambda[place.First + column, k];
        return sum * factor * factor;
    }

    // By the delta method: the derivative of sqrt(sum of squares of a row of the root) by an element of Lambda times the factor.
    private double DeviationError(BlockPlace place, int row, double[,] root, double deviation)
    {
        var group = layout.Groupings[place.Grouping].Grouping.Groups.Name;
        if (elementCovariance is null || Singular.Any(direction => direction.Group == group)) return double.NaN;
        var origins = Origins(place);
        var slopes = factors.Elements.Select(element => element.Grouping == place.Grouping && place.Holds(element.Row)
            ? origins[row, element.Row - place.First] * root[row, element.Column - place.First] / deviation : 0).ToArray();
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
        var matrix = Matrix<double>.Build.Dense(place.Size, place.Size, (row, column) => Covariance(place, row, column));
        var decomposition = matrix.Evd(Symmetricity.Symmetric);
        for (var k = 0; k < place.Size; k++)
        {
            var deviation = Math.Sqrt(Math.Max(decomposition.EigenValues[k].Real, 0));
            if (deviation >= FitChecks.SingularTolerance * factor) continue;
            var direction = decomposition.EigenVectors.Column(k).ToArray();
            yield return new SingularDirection(group, Words(place, direction), deviation);
        }
    }

    // As a combination of the effects of the columns as they were given.
    private string Words(BlockPlace place, double[] direction)
    {
        var original = Origins(place).Given(direction);
        var largest = original.MaxBy(Math.Abs);
        var parts = place.Block.Columns.Select((column, k) => (column.Name, Share: original[k] / largest))
            .Where(part => Math.Abs(part.Share) > 1e-6)
            .Select(part => part.Share == 1 ? part.Name : FormattableString.Invariant($"{part.Share:G3} x {part.Name}"));
        return string.Join(" + ", parts);
    }

    private IEnumerable<ConditionalMode> Modes(double[] effects, BlockMatrix conditional)
    {
        foreach (var place in Blocks())
        {
            var (grouping, name) = (layout.Groupings[place.Grouping], layout.Groupings[place.Grouping].Grouping.Groups.Name);
            for (var group = 0; group < grouping.Groups; group++)
            {
                var (modes, errors) = Given(place, grouping.FirstNode + group, effects, conditional);
                for (var k = 0; k < place.Size; k++)
                    yield return new ConditionalMode(name, grouping.Grouping.Groups.Levels![group], place.Block.Columns[k].Name, modes[k], errors[k]);
            }
        }
    }

    // A group's modes and conditional standard deviations, of the columns as they were given.
    private (double[] Modes, double[] Errors) Given(BlockPlace place, int node, double[] effects, BlockMatrix conditional)
    {
        var (origins, width) = (Origins(place), layout.Groupings[place.Grouping].Effects);
        var first = layout.Pattern.Start(node) + place.First;
        var block = conditional.Block(layout.Pattern.ColumnStarts[node]);
        var (modes, errors) = (new double[place.Size], new double[place.Size]);
        for (var k = 0; k < place.Size; k++)
        {
            var variance = 0.0;
            for (var i = 0; i < place.Size; i++)
            {
                modes[k] += origins[k, i] * effects[first + i];
                for (var j = 0; j < place.Size; j++)
                    variance += origins[k, i] * origins[k, j] * block[(place.First + i) * width + place.First + j];
            }

            errors[k] = factor * Math.Sqrt(variance);
        }

        return (modes, errors);
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

    /// <summary>A covariance matrix: its grouping, its first effect there, and its columns.</summary>
    private sealed record BlockPlace(int Grouping, int First, EffectBlock Block)
    {
        internal int Size => Block.Columns.Count;

        internal bool Holds(int effect) => effect >= First && effect < First + Size;
    }
}
