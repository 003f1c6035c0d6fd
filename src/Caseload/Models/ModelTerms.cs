namespace Caseload.Models;

/// <summary>A coefficient of the study's model in words.</summary>
/// <param name="Section">What it belongs to.</param>
/// <param name="Label">What it compares or measures.</param>
public sealed record TermWords(string Section, string Label);

/// <summary>The coefficients of the study's model in words.</summary>
public static class ModelTerms
{
    /// <summary>CIN per social worker, in units of 5 above 10.</summary>
    public const string Cin = "cin_5";

    /// <summary>The referral rate, in units of 250 per 10,000 above 550.</summary>
    public const string Rate = "rate_250";

    /// <summary>Their interaction.</summary>
    public const string Interaction = "cin_5:rate_250";

    private static readonly Dictionary<string, TermWords> Fixed = new(StringComparer.Ordinal)
    {
        ["female"] = new("Sex", "Female, against male"),
        ["disabled_other"] = new("Disability", "Disabled, where disability is not the primary need"),
        ["nfa"] = new("First referral", "Ended in no further action"),
        [Cin] = new("Authority", "5 more CIN per social worker, at 550 referrals per 10,000"),
        [Rate] = new("Authority", "250 more referrals per 10,000, at 10 CIN per social worker"),
        [Interaction] = new("Authority", "Interaction: 5 more CIN per social worker x 250 more referrals per 10,000"),
    };

    private static readonly Dictionary<string, string> Needs = new(StringComparer.Ordinal)
    {
        ["N1"] = "Abuse or neglect", ["N2"] = "Child's disability or illness", ["N3"] = "Parental disability or illness",
        ["N4"] = "Family in acute stress", ["N5"] = "Family dysfunction", ["N6"] = "Socially unacceptable behaviour",
        ["N7"] = "Low income", ["N8"] = "Absent parenting", ["N9"] = "Cases other than children in need",
    };

    /// <summary>A coefficient in words; a name that is not the study's stays as it is.</summary>
    /// <param name="term">The coefficient's name.</param>
    public static TermWords Describe(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        if (Fixed.TryGetValue(term, out var words)) return words;
        if (term.StartsWith("need", StringComparison.Ordinal)) return new("Primary need at first referral", Needs.GetValueOrDefault(term[4..], term[4..]));
        return term.StartsWith("age_group", StringComparison.Ordinal)
            ? new("Age at first referral", term[9..] switch { "unborn" => "Unborn", "0" => "Under 1", var group => group.Replace("-", " to ", StringComparison.Ordinal) })
            : new("", term);
    }
}
