using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>How grave it is to break a rule.</summary>
public enum RuleKind
{
    /// <summary>The return is wrong.</summary>
    Error,

    /// <summary>The return may be right; somebody should look.</summary>
    Query,
}

/// <summary>
/// One of the published validation rules of the CIN census. It looks at the text as written, so that a cell which a typed reader refuses is
/// still judged. A rule is made anew for every file: the two that compare children keep what they have seen.
/// </summary>
/// <param name="number">The published number; a Q at its end stands for a query.</param>
/// <param name="message">What is wrong with the rows that the rule names.</param>
/// <param name="items">The census items that it needs: a flat table without one of these columns cannot be judged.</param>
public abstract class Rule(string number, string message, params string[] items)
{
    /// <summary>The published number; a Q at its end stands for a query.</summary>
    public string Number { get; } = number;

    /// <summary>Whether a row that breaks it is an error or a query.</summary>
    public RuleKind Kind { get; } = number.EndsWith('Q') ? RuleKind.Query : RuleKind.Error;

    /// <summary>What is wrong with the rows that the rule names.</summary>
    public string Message { get; } = message;

    /// <summary>The census items that it needs.</summary>
    public IReadOnlyList<string> Items { get; } = items;

    /// <summary>The first census year in which it applies, or null where no such year is known.</summary>
    public virtual int? FirstYear => null;

    /// <summary>Why returns of this form cannot be judged at all, or null where they can.</summary>
    /// <param name="form">The form of the return.</param>
    public virtual string? WhyNotJudged(CensusForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return Without(form, Items);
    }

    /// <summary>Why a return of this form that breaks nothing has still not passed, or null where it has.</summary>
    /// <param name="form">The form of the return.</param>
    public virtual string? WhyNotPassed(CensusForm form) => null;

    /// <summary>Why a return of this year that breaks nothing has still not passed, or null where it has.</summary>
    /// <param name="header">The return.</param>
    public virtual string? WhyNotPassed(CensusHeader header) => null;

    /// <summary>Why the children of this return cannot be judged, or null where they can.</summary>
    /// <param name="header">The return.</param>
    public virtual string? WhyNotJudged(CensusHeader header) => null;

    /// <summary>Judges a child.</summary>
    /// <param name="child">The child.</param>
    /// <param name="places">Takes the places that break the rule.</param>
    public abstract void Judge(CensusChild child, RulePlaces places);

    /// <summary>The reason that items are absent from a form, or null where none is.</summary>
    /// <param name="form">The form of the return.</param>
    /// <param name="items">The items.</param>
    protected static string? Without(CensusForm form, IEnumerable<string> items)
    {
        ArgumentNullException.ThrowIfNull(form);
        var absent = items.Where(item => !form.Holds(item)).ToArray();
        return absent.Length == 0 ? null : $"the table has no column {string.Join(", ", absent)}";
    }
}
