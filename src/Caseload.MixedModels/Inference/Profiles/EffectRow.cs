using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>
/// A random effect's row of its covariance factor, for the column as it was given: the effect's variance is the square of the row's length,
/// its covariance with another effect of the block the product of the two rows.
/// </summary>
/// <param name="Group">The grouping.</param>
/// <param name="Term">The effect.</param>
/// <param name="Parts">Which parameter, times what, adds to which element of the row.</param>
internal sealed record EffectRow(string Group, string Term, IReadOnlyList<(int Parameter, int Element, double Weight)> Parts)
{
    /// <summary>The block that the effect belongs to, from 0.</summary>
    internal int Block { get; init; }

    /// <summary>The position of the logarithm of what the factors are relative to; null where they are relative to 1.</summary>
    internal int? LogScale { get; init; }

    /// <summary>Whether the variance is 0 where, and only where, all of the parameters are.</summary>
    internal bool IsSimple => Parts.Select(part => part.Element).Distinct().Count() == Parts.Count;

    /// <summary>The parameters that it moves with.</summary>
    internal IEnumerable<int> Moves => Parts.Select(part => part.Parameter).Concat(LogScale is { } scale ? [scale] : []).Distinct();

    /// <summary>The rows of all effects of a layout.</summary>
    /// <param name="layout">How the random effects meet the cells.</param>
    /// <param name="elements">The free elements of the covariance factors.</param>
    /// <param name="first">The position of the first of them among the parameters.</param>
    /// <param name="logScale">See <see cref="LogScale"/>.</param>
    internal static IEnumerable<EffectRow> Of(RandomLayout layout, IReadOnlyList<FactorElement> elements, int first, int? logScale)
    {
        var number = 0;
        foreach (var place in BlockPlace.Of(layout))
        {
            var basis = place.Basis(layout);
            var name = layout.Groupings[place.Grouping].Grouping.Groups.Name;
            for (var k = 0; k < place.Size; k++)
            {
                var parts = elements.Select((element, e) => (element, e))
                    .Where(at => at.element.Grouping == place.Grouping && place.Holds(at.element.Row)
                        && basis[k, at.element.Row - place.First] != 0)
                    .Select(at => (first + at.e, at.element.Column, basis[k, at.element.Row - place.First]));
                yield return new EffectRow(name, place.Block.Columns[k].Name, [.. parts]) { Block = number, LogScale = logScale };
            }

            number++;
        }
    }

    /// <summary>The length: the standard deviation of the effect.</summary>
    internal double Deviation(double[] point) => Math.Sqrt(Vector(point).Values.Sum(value => value * value)) * Scale(point);

    /// <summary>Of a row of one element, that element, whose sign is free.</summary>
    internal double Signed(double[] point) => Parts[0].Weight * point[Parts[0].Parameter] * Scale(point);

    /// <summary>The correlation with another effect of the block.</summary>
    internal double Correlation(EffectRow other, double[] point)
    {
        var (mine, its) = (Vector(point), other.Vector(point));
        var product = mine.Sum(at => at.Value * its.GetValueOrDefault(at.Key));
        return product / Math.Sqrt(mine.Values.Sum(value => value * value) * its.Values.Sum(value => value * value));
    }

    private double Scale(double[] point) => LogScale is { } at ? Math.Exp(point[at]) : 1;

    private Dictionary<int, double> Vector(double[] point)
    {
        var vector = new Dictionary<int, double>();
        foreach (var (parameter, element, weight) in Parts)
            vector[element] = vector.GetValueOrDefault(element) + weight * point[parameter];
        return vector;
    }
}
