using Caseload.Cohorts;

namespace Caseload.Disclosure;

/// <summary>Which steps of the flow are shown, and which reasons for leaving.</summary>
internal sealed class FlowPattern
{
    private readonly IReadOnlyList<FlowStep> steps;
    private readonly int cohort;

    // Null stands for reasons that are not even named.
    private readonly bool[]?[] hidden;

    internal FlowPattern(IReadOnlyList<FlowStep> steps)
    {
        this.steps = steps;
        cohort = steps.ToList().FindIndex(s => s.Label == ModelStatus.CohortStep);
        Shown = [.. steps.Select(_ => true)];
        hidden = [.. steps.Select(s => new bool[s.Excluded.Count])];
    }

    /// <summary>Whether the count of each step is shown.</summary>
    internal bool[] Shown { get; private set; }

    /// <summary>Whether each reason of a step is hidden; null where the reasons are not named.</summary>
    internal bool[]? HiddenReasons(int step) => hidden[step];

    /// <summary>Hides more.</summary>
    /// <param name="splits">The totals that are shown elsewhere.</param>
    /// <param name="rule">What is sensitive.</param>
    /// <param name="areApart">Whether the reasons of a step stand apart from what the groups tell.</param>
    internal void Coarsen(Splits splits, Sensitivity rule, Func<(IReadOnlyList<int> Reasons, bool IsOfAge), bool> areApart)
    {
        bool? IsTotal(int step) =>
            cohort < 0 || step < cohort ? null
            : step == cohort ? splits.HasFlag(Splits.Children)
            : step == cohort + 1 ? splits.HasFlag(Splits.Eligible)
            : step == steps.Count - 1 ? splits.HasFlag(Splits.Modelled)
            : null;
        Shown = ShownCuts.Choose(
            [.. steps.Select(s => new[] { s.Count })], [.. steps.Select((_, i) => IsTotal(i) == true)],
            [.. Shown.Select((s, i) => s && IsTotal(i) != false)], rule);
        for (var step = 0; step < steps.Count; step++)
        {
            if (hidden[step] is { Length: > 0 } before) hidden[step] = Reasons(step, before, rule, areApart);
        }
    }

    private bool[]? Reasons(
        int step, bool[] before, Sensitivity rule, Func<(IReadOnlyList<int> Reasons, bool IsOfAge), bool> areApart)
    {
        int[] reasons = [.. steps[step].Excluded.Select(e => e.Rows)];
        if (!Shown[step] || step == 0 || !Shown[step - 1]) return null;
        if (!rule.IsSafe(steps[step - 1].Count - steps[step].Count - reasons.Sum())) return null;
        if (cohort >= 0 && step > cohort && !areApart((reasons, step == cohort + 1))) return null;
        return HiddenRows.Hide([.. reasons.Select(r => new[] { r })], before, rule);
    }
}
