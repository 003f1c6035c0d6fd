namespace Caseload.Cohorts.Cleaning;

/// <summary>Counts what the steps of cleaning meet. Authorities are counted side by side, each in a tally of its own.</summary>
internal sealed class CleaningTally(CleaningSteps steps)
{
    private readonly int[] counts = new int[Enum.GetValues<CleaningCase>().Length];

    /// <summary>How often a case was met.</summary>
    internal int this[CleaningCase counted] => counts[(int)counted];

    /// <summary>Whether a step is taken.</summary>
    internal bool Takes(CleaningSteps step) => (steps & step) != 0;

    internal void Add(CleaningCase counted, int times = 1) => counts[(int)counted] += times;

    /// <summary>Adds the counts of another tally.</summary>
    internal void Add(CleaningTally other)
    {
        for (var i = 0; i < counts.Length; i++) counts[i] += other.counts[i];
    }

    /// <summary>What each step did.</summary>
    internal IReadOnlyList<CleaningCount> Account() =>
        [.. CleaningStep.All.Select(s => new CleaningCount(
            s, Takes(s.Flag), [.. s.Counts.Select(c => new CountedCase(c.Value, this[c.Key]))]))];
}
