using static Caseload.Cohorts.Cleaning.CleaningStep;

namespace Caseload.Cohorts.Cleaning;

/// <summary>
/// What several returns say of one episode becomes the value that most of them give; of values given equally often the one that stands in
/// the latest return, and within one return the one that sorts first. Left out, the latest return that has a value is believed.
/// </summary>
public static class EpisodeMode
{
    /// <summary>The step in words.</summary>
    public static CleaningStep Step { get; } = new(
        CleaningSteps.EpisodeMode, "episode-mode",
        "Of several returns of one episode the most frequent value of no further action, need, reason for closure, source and disability "
            + "is taken; of equally frequent ones that of the latest return. Left out, the latest return that has a value is believed.",
        "A case that is open over a year's end is returned more than once, and the returns need not agree.",
        [
            Count(CleaningCase.NfaDiffers, "Returns of one episode differ in no further action"),
            Count(CleaningCase.NeedDiffers, "Returns of one episode differ in primary need"),
            Count(CleaningCase.ReasonDiffers, "Returns of one episode differ in the reason for closure"),
            Count(CleaningCase.SourceDiffers, "Returns of one episode differ in the source of referral"),
            Count(CleaningCase.DisabilityDiffers, "Returns of one episode differ in disability"),
        ]);

    /// <summary>The value of an episode.</summary>
    /// <param name="values">The value that each row gives, small numbers from 0; -1 where it gives none.</param>
    /// <param name="years">The census year of each row.</param>
    /// <param name="isMode">Whether the most frequent value is taken; else the latest.</param>
    /// <param name="differ">Whether the rows give more than one value.</param>
    internal static short Of(ReadOnlySpan<short> values, ReadOnlySpan<int> years, bool isMode, out bool differ)
    {
        var highest = 0;
        foreach (var value in values) highest = Math.Max(highest, value);
        Span<int> times = highest < Small ? stackalloc int[highest + 1] : new int[highest + 1];
        Span<int> latest = highest < Small ? stackalloc int[highest + 1] : new int[highest + 1];
        times.Clear();
        latest.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < 0) continue;
            times[values[i]]++;
            latest[values[i]] = Math.Max(latest[values[i]], years[i]);
        }

        var (best, distinct) = (-1, 0);
        for (var value = 0; value < times.Length; value++)
        {
            if (times[value] == 0) continue;
            distinct++;
            if (best < 0 || (isMode && times[value] > times[best])
                || ((!isMode || times[value] == times[best]) && latest[value] > latest[best])) best = value;
        }

        differ = distinct > 1;
        return (short)best;
    }

    private const int Small = 64;
}
