using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Gathers what comes of one rule over the files of a run.</summary>
internal sealed class RuleTally
{
    private readonly RulePlaces places = new();
    private readonly SortedDictionary<string, int> reasons = new(StringComparer.Ordinal);

    // Why the file at hand was not judged, or not all of it.
    private readonly SortedSet<string> skipped = new(StringComparer.Ordinal);
    private Rule rule;
    private CensusHeader? header;
    private string? whyNotThisFile;
    private string? whyNotThisHeader;
    private bool couldPass;
    private long failuresBefore;
    private bool judged;
    private int files;

    internal RuleTally(Rule rule) => this.rule = rule;

    /// <summary>Begins a file with a rule that has seen nothing yet.</summary>
    internal void Begin(Rule fresh, CensusWalk walk)
    {
        (rule, header, whyNotThisHeader, couldPass, failuresBefore) = (fresh, null, null, false, places.Count);
        whyNotThisFile = rule.WhyNotJudged(walk.Form);
        places.Begin(walk.File, walk.Unit);
        files++;
    }

    internal void Judge(CensusChild child)
    {
        if (whyNotThisFile is not null) return;
        if (!ReferenceEquals(header, child.Header)) Begin(child.Header);
        if (whyNotThisHeader is null) rule.Judge(child, places);
    }

    internal void End(CensusWalk walk)
    {
        var failed = places.Count > failuresBefore;
        if (whyNotThisFile is not null) skipped.Add(whyNotThisFile);
        else if (header is null) skipped.Add("there is no child to judge");
        else if (!failed && rule.WhyNotPassed(walk.Form) is { } incomplete)
        {
            skipped.Add(incomplete);
            couldPass = false;
        }

        judged |= couldPass;
        foreach (var reason in skipped) reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
        skipped.Clear();
    }

    internal RuleReport Report()
    {
        var outcome = places.Count > 0 ? RuleOutcome.Failed : judged ? RuleOutcome.Passed : RuleOutcome.NotRun;
        var told = reasons.Select(r => files > 1 && r.Value < files ? $"{r.Key} ({r.Value} of {files} files)" : r.Key);
        var kept = places.Kept.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line);
        return new RuleReport(rule.Number, rule.Kind, rule.Message, outcome, reasons.Count == 0 ? null : string.Join("; ", told),
            places.Count, [.. kept]);
    }

    // The children of one authority and year.
    private void Begin(CensusHeader of)
    {
        header = of;
        whyNotThisHeader = rule.WhyNotJudged(of);
        if ((whyNotThisHeader ?? rule.WhyNotPassed(of)) is { } reason) skipped.Add(reason);
        else couldPass = true;
    }
}
