namespace Caseload.Models.MissingData;

/// <summary>A logistic model drawn from its posterior: what each child's pattern and each authority add to the log-odds.</summary>
/// <param name="Child">By pattern; empty where the chance is the same for all.</param>
/// <param name="Area">By authority: the area figures and the authority's own effect.</param>
/// <param name="Constant">The chance where there is nothing to model: 0 or 1.</param>
internal sealed record PredictorDraw(double[] Child, double[] Area, double Constant = double.NaN)
{
    /// <summary>A chance that is the same for all.</summary>
    internal static PredictorDraw Certain(double chance) => new([], [], chance);

    /// <summary>The chance of a child.</summary>
    /// <param name="authority">The place of the authority.</param>
    /// <param name="pattern">The place of the pattern.</param>
    internal double Chance(int authority, int pattern) =>
        Child.Length == 0 ? Constant : 1 / (1 + Math.Exp(-Child[pattern] - Area[authority]));
}
