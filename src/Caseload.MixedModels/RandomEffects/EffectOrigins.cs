namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// Carries effects of one block from the columns that were fitted, u, to those that were given, b. A column that was fitted is
/// (x - c)/s, so that b = u/s, and the intercept, which stands first, is u_0 - sum over the others of u c/s.
/// </summary>
/// <param name="columns">The columns of the layout.</param>
/// <param name="places">The place of each effect's column among them.</param>
internal sealed class EffectOrigins(EffectColumns columns, ReadOnlyMemory<int> places)
{
    /// <summary>The factor of a fitted effect in a given one.</summary>
    internal double this[int given, int fitted] => given == fitted ? 1 / Scale(fitted)
        : given == 0 ? -Centre(fitted) / Scale(fitted) : 0;

    /// <summary>What a combination of fitted effects is of given ones.</summary>
    /// <param name="combination">The factor of each fitted effect.</param>
    internal double[] Given(double[] combination) =>
        [.. combination.Select((factor, k) => factor * Scale(k) + (k == 0 ? 0 : combination[0] * Centre(k)))];

    private double Scale(int effect) => columns.Scales[places.Span[effect]];

    private double Centre(int effect) => columns.Centres[places.Span[effect]];
}
