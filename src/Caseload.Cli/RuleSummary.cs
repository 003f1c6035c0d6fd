using System.Globalization;
using Caseload.Rules;

namespace Caseload.Cli;

/// <summary>Prints what came of the published rules: errors, queries and rules that were not run, each apart.</summary>
internal static class RuleSummary
{
    /// <summary>Prints the outcome of the rules.</summary>
    /// <param name="rules">The rules; none for a table that is no return.</param>
    /// <param name="says">Whether the whole summary is wanted; if not, the errors alone are told, on standard error.</param>
    /// <returns>1 where an error fails, else 0: a query is looked at by a person.</returns>
    internal static int Say(IReadOnlyList<RuleReport> rules, bool says)
    {
        if (rules.Count == 0) return 0;
        RuleReport[] Failing(RuleKind kind) => [.. rules.Where(r => r.Outcome == RuleOutcome.Failed && r.Kind == kind)];
        var (errors, queries) = (Failing(RuleKind.Error), Failing(RuleKind.Query));
        var notRun = rules.Where(r => r.Outcome == RuleOutcome.NotRun).ToArray();
        if (says)
        {
            var passed = rules.Count - errors.Length - queries.Length - notRun.Length;
            Console.Out.WriteLine($"  published rules: {Count(errors, "error")}; {Count(queries, "query", "queries")}; "
                + $"{passed} of {rules.Count} rules passed, {notRun.Length} not run");
            foreach (var rule in errors) Console.Out.WriteLine("  error   " + Line(rule));
            foreach (var rule in queries) Console.Out.WriteLine("  query   " + Line(rule));
            foreach (var rule in notRun) Console.Out.WriteLine($"  not run {rule.Number}: {rule.Reason}");
            foreach (var rule in rules.Where(r => r.Outcome != RuleOutcome.NotRun && r.Reason is not null))
                Console.Out.WriteLine($"  in part {rule.Number}: {rule.Reason}");
            if (errors.Length == 0 && queries.Length > 0) Console.Out.WriteLine("  queries alone do not fail a return: look at them");
        }
        else
        {
            foreach (var rule in errors) Console.Error.WriteLine("error " + Line(rule));
        }

        return errors.Length > 0 ? 1 : 0;
    }

    private static string Count(RuleReport[] failing, string one, string? many = null)
    {
        var places = failing.Sum(rule => rule.Failures);
        return $"{Number(places)} {(places == 1 ? one : many ?? one + "s")}"
            + (places == 0 ? "" : $" under {failing.Length} {(failing.Length == 1 ? "rule" : "rules")}");
    }

    private static string Line(RuleReport rule) =>
        $"{rule.Number}, {Number(rule.Failures)} {(rule.Failures == 1 ? "place" : "places")}: {rule.Message} "
        + $"(first: {rule.Places[0].File}, {rule.Places[0].Unit} {rule.Places[0].Line})";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
