namespace Caseload.Descriptives;

/// <summary>A point of a Kaplan-Meier curve.</summary>
/// <param name="Day">The day, counted from the start of each child's time.</param>
/// <param name="AtRisk">Children whose time reaches this day.</param>
/// <param name="Events">Events up to and on this day.</param>
/// <param name="Surviving">The estimated share without the event, from 0 to 1.</param>
/// <param name="StandardError">Its standard error (Greenwood 1926).</param>
public sealed record SurvivalPoint(int Day, int AtRisk, int Events, double Surviving, double StandardError)
{
    /// <summary>
    /// Limits of the 95% interval on the log(-log) scale (Kalbfleisch and Prentice 1980), which stay inside 0 to 1; not numbers before the
    /// first event and once nobody survives.
    /// </summary>
    public (double Lower, double Upper) Interval
    {
        get
        {
            if (Surviving is <= 0 or >= 1) return (double.NaN, double.NaN);
            var log = Math.Log(Surviving);
            var half = Normal.Quantile975 * StandardError / (Surviving * Math.Abs(log));
            return (Math.Exp(log * Math.Exp(half)), Math.Exp(log * Math.Exp(-half)));
        }
    }
}

/// <summary>The product-limit estimate of the share without an event (Kaplan and Meier 1958).</summary>
public static class KaplanMeier
{
    /// <summary>
    /// Estimates at chosen days: S(t) is the product over event days u up to t of 1 - d(u)/n(u), with d(u) events among the n(u) children
    /// whose time reaches u. Who is censored on a day is still at risk on it.
    /// </summary>
    /// <param name="times">Days until the event or until censoring, from 0.</param>
    /// <param name="events">Whether each time ends with the event.</param>
    /// <param name="days">The days asked for, ascending.</param>
    /// <returns>A point a day; days that nobody's time reaches are left out.</returns>
    public static IReadOnlyList<SurvivalPoint> At(ReadOnlySpan<int> times, ReadOnlySpan<bool> events, IReadOnlyList<int> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        var last = 0;
        foreach (var time in times) last = Math.Max(last, time);
        var (ending, happening) = (new int[last + 1], new int[last + 1]);
        for (var i = 0; i < times.Length; i++)
        {
            ending[times[i]]++;
            happening[times[i]] += events[i] ? 1 : 0;
        }

        var points = new List<SurvivalPoint>();
        var (atRisk, total, surviving, variance, day) = (times.Length, 0, 1.0, 0.0, 0);
        foreach (var asked in times.Length == 0 ? [] : days.Where(d => d <= last))
        {
            for (; day <= asked; day++)
            {
                if (day > 0) atRisk -= ending[day - 1];
                if (happening[day] == 0) continue;
                total += happening[day];
                surviving *= 1 - ((double)happening[day] / atRisk);
                variance += happening[day] / ((double)atRisk * (atRisk - happening[day]));
            }

            points.Add(new SurvivalPoint(asked, atRisk, total, surviving, surviving == 0 ? 0 : surviving * Math.Sqrt(variance)));
        }

        return points;
    }
}
