namespace Caseload.Disclosure;

/// <summary>
/// Chooses which stages of a running count are shown, such as the steps of the flow or the years of the cumulative table: two stages that
/// are shown one after the other differ by nobody or by more than the threshold, in each column.
/// </summary>
internal static class ShownCuts
{
    /// <summary>Chooses the stages. Those that are shown elsewhere stand; of the others the later ones are kept first.</summary>
    /// <param name="stages">The counts of each stage, one a column.</param>
    /// <param name="isFixed">Whether each stage is shown whatever stands here.</param>
    /// <param name="before">Whether each stage may still be shown.</param>
    /// <param name="rule">What is sensitive.</param>
    internal static bool[] Choose(IReadOnlyList<int[]> stages, bool[] isFixed, bool[] before, Sensitivity rule)
    {
        bool[] shown = [.. isFixed.Select((f, i) => f && before[i])];
        for (var i = stages.Count - 1; i >= 0; i--)
        {
            if (shown[i] || !before[i]) continue;
            var (earlier, later) = (Array.FindLastIndex(shown, i, s => s), Array.FindIndex(shown, i, s => s));
            shown[i] = (earlier < 0 || IsApart(stages[earlier], stages[i])) && (later < 0 || IsApart(stages[i], stages[later]));
        }

        return shown;

        bool IsApart(int[] one, int[] other) => !rule.Secondary || one.Zip(other, (a, b) => b - a).All(rule.IsSafe);
    }
}
