using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Returns;

/// <summary>The census returns of one or more authorities and years, read and held against their contract.</summary>
/// <param name="Reading">The rows that can be used, one a referral and return, and what is wrong with the others.</param>
/// <param name="Files">The files, in the order in which they were read.</param>
/// <param name="Oddities">What a person should look at before trusting the data; nothing was left out because of it.</param>
/// <param name="IsSimulated">Whether every row says that it was made by the kit. What does not say so counts as real.</param>
public sealed record ReturnSet(TableReading Reading, IReadOnlyList<string> Files, IReadOnlyList<Oddity> Oddities, bool IsSimulated)
{
    /// <summary>The rows that can be used.</summary>
    public Frame Rows => Reading.Rows;

    /// <summary>The census years that the returns hold, ascending.</summary>
    public IReadOnlyList<int> Years { get; } = Distinct(Reading.Rows.Integer("Year").Values);

    private static int[] Distinct(ReadOnlySpan<int> years)
    {
        var found = new SortedSet<int>();
        for (var row = 0; row < years.Length; row++)
        {
            if (row == 0 || years[row] != years[row - 1]) found.Add(years[row]);
        }

        return [.. found];
    }
}

/// <summary>Something odd about a return: it loads, and a person should know.</summary>
/// <param name="Place">The file, or the authority and year.</param>
/// <param name="Observation">What is odd, with counts.</param>
public sealed record Oddity(string Place, string Observation)
{
    /// <summary>The oddity on one line.</summary>
    public override string ToString() => $"{Place}: {Observation}";
}
