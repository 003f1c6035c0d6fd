using System.Globalization;
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
    private const int MostFiles = 3;

    /// <summary>What is odd, where several files may have it in common; null for what is of one place alone.</summary>
    public OddityKind? Kind { get; init; }

    /// <summary>
    /// The oddities with one line for a kind that stands in more than three files: how many files and rows. It stands where the first of
    /// them stood.
    /// </summary>
    /// <param name="oddities">All of them.</param>
    public static IReadOnlyList<Oddity> Digest(IReadOnlyList<Oddity> oddities)
    {
        ArgumentNullException.ThrowIfNull(oddities);
        var many = oddities.Where(o => o.Kind is not null).GroupBy(o => o.Kind!.What).Where(g => g.Count() > MostFiles)
            .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        return
        [
            .. oddities.Where(o => o.Kind is null || !many.TryGetValue(o.Kind.What, out var same) || ReferenceEquals(same[0], o))
                .Select(o => o.Kind is { } kind && many.TryGetValue(kind.What, out var same)
                    ? new Oddity(
                        string.Create(CultureInfo.InvariantCulture, $"{same.Length} files"),
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{kind.What}: {same.Sum(s => s.Kind!.Rows)} of {same.Sum(s => s.Kind!.Of)} {kind.Unit}"))
                    : o),
        ];
    }

    /// <summary>The oddity on one line.</summary>
    public override string ToString() => $"{Place}: {Observation}";
}

/// <summary>What several files may have in common.</summary>
/// <param name="What">What is odd.</param>
/// <param name="Rows">In how many rows.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Unit">What the rows are.</param>
public sealed record OddityKind(string What, int Rows, int Of, string Unit);
