using Caseload.Frames;

namespace Caseload.Cohorts.Cleaning;

/// <summary>The last day of the census year of each row.</summary>
internal sealed class YearEnds
{
    private readonly IntegerColumn year;
    private readonly int[] ends;
    private readonly int first;

    internal YearEnds(IntegerColumn year)
    {
        this.year = year;
        var (lowest, highest) = (int.MaxValue, int.MinValue);
        foreach (var value in year.Values) (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
        first = lowest;
        ends = year.Count == 0 ? [] : [.. Enumerable.Range(first, highest - first + 1).Select(y => new DateOnly(y, 3, 31).DayNumber)];
    }

    /// <summary>The first census year of all rows; without rows the largest number there is.</summary>
    internal int First => first;

    /// <summary>How many census years there are from the first to the last.</summary>
    internal int Count => ends.Length;

    /// <summary>The day number of the last day of a row's census year.</summary>
    internal int this[int row] => ends[year.Values[row] - first];

    /// <summary>The place of a row's census year, from 0 for the first.</summary>
    internal int Place(int row) => year.Values[row] - first;
}
