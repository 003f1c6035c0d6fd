namespace Caseload.Rules;

/// <summary>What came of a rule.</summary>
public enum RuleOutcome
{
    /// <summary>It was applied and nothing breaks it.</summary>
    Passed,

    /// <summary>Something breaks it.</summary>
    Failed,

    /// <summary>It could not be applied, or not to all that it needs: this is never a pass.</summary>
    NotRun,
}

/// <summary>What came of a rule over one or more files.</summary>
/// <param name="Number">The published number.</param>
/// <param name="Kind">Whether what breaks it is an error or a query.</param>
/// <param name="Message">What is wrong with the rows that the rule names.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">Why it was not run, in some of the files or in all; null where it was run on everything.</param>
/// <param name="Failures">How many places break it.</param>
/// <param name="Places">The first of them, at most <see cref="RulePlaces.Limit"/>.</param>
public sealed record RuleReport(
    string Number, RuleKind Kind, string Message, RuleOutcome Outcome, string? Reason, long Failures, IReadOnlyList<RulePlace> Places);
