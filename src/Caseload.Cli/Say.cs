using System.Globalization;
using Caseload.Results;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary>What commands print, in the invariant culture.</summary>
internal static class Say
{
    private const int MostFindingsPrinted = 20;

    /// <summary>A line on standard output.</summary>
    internal static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>A line on standard error.</summary>
    internal static void Note(FormattableString text) => Console.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>The bad cells of a reading, on standard error.</summary>
    /// <returns>1 where there are any, else 0.</returns>
    internal static int Findings(TableReading reading)
    {
        foreach (var note in reading.Notes) Note($"note: {note}");
        if (Findings(reading.Findings, reading.FindingCount) == 0) return 0;
        foreach (var exclusion in reading.Exclusions)
            Note($"  left out: {exclusion.Rows:N0} {(exclusion.Rows == 1 ? "row" : "rows")}: {exclusion.Reason}");
        return 1;
    }

    /// <summary>Findings, on standard error.</summary>
    /// <param name="findings">Those that are known.</param>
    /// <param name="count">How many there are in all.</param>
    /// <returns>1 where there are any, else 0.</returns>
    internal static int Findings(IReadOnlyList<CellFinding> findings, int count)
    {
        foreach (var finding in findings.Take(MostFindingsPrinted)) Note($"{finding}");
        if (count > MostFindingsPrinted) Note($"... and {count - MostFindingsPrinted:N0} more.");
        if (count > 0) Note($"cells or rows that break the contract in data-schema/: {count:N0}");
        return count == 0 ? 0 : 1;
    }

    /// <summary>What is odd about returns, on standard error.</summary>
    internal static void Oddities(ReturnSet returns)
    {
        foreach (var oddity in Oddity.Digest(returns.Oddities)) Note($"odd: {oddity}");
    }

    /// <summary>The steps of a cohort.</summary>
    internal static void Flow(StudyResults results, TextWriter terminal)
    {
        var (release, policy) = (results.Release(), results.Policy);
        var width = release.Flow.Max(s => s.Label.Length);
        foreach (var step in release.Flow)
        {
            terminal.WriteLine($"  {step.Label.PadRight(width)}  {policy.Write(step.Count),11}");
            foreach (var excluded in step.Excluded)
                terminal.WriteLine($"      left out: {excluded.Reason}: {policy.Write(excluded.Count)}");
        }

        foreach (var (counted, shown) in results.Cases.Zip(release.Cases))
            terminal.WriteLine($"  counted: {counted.What}: {policy.Write(shown)}");
    }
}
