using System.Globalization;

namespace Caseload.Areas;

/// <summary>Years as a person writes them.</summary>
internal static class YearRange
{
    /// <summary>Runs of years, such as <c>2011, 2013-2016</c>.</summary>
    /// <param name="years">The years, ascending.</param>
    internal static string Of(IReadOnlyList<int> years)
    {
        if (years.Count == 0) return "no year";
        var runs = new List<string>();
        for (var start = 0; start < years.Count;)
        {
            var end = start;
            while (end + 1 < years.Count && years[end + 1] == years[end] + 1) end++;
            runs.Add(start == end ? Text(years[start]) : $"{Text(years[start])}-{Text(years[end])}");
            start = end + 1;
        }

        return string.Join(", ", runs);
    }

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);
}
