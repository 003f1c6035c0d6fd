using Caseload.MixedModels.Fits;

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
        ["disabled_other"] = new("Disability", "Disabled, not as the primary need"),
        ["nfa"] = new("First referral", "Ended in no further action"),
        [Cin] = new("Authority", "CIN per social worker, + 5"),
        [Rate] = new("Authority", "Referral rate, + 250 per 10,000"),
        [Interaction] = new("Authority", "Interaction of the two"),
    };

    private static readonly Dictionary<string, string> Needs = new(StringComparer.Ordinal)
    {
        ["N1"] = "Abuse or neglect", ["N2"] = "Child's disability or illness", ["N3"] = "Parental disability or illness",
        ["N4"] = "Family in acute stress", ["N5"] = "Family dysfunction", ["N6"] = "Socially unacceptable behaviour",
        ["N7"] = "Low income", ["N8"] = "Absent parenting", ["N9"] = "Cases other than children in need",
        ["N0"] = "Not stated", ["A2"] = "Adoption: sub-code of N2", ["A3"] = "Adoption: sub-code of N3",
        ["A4"] = "Adoption: sub-code of N4", ["A5"] = "Adoption: sub-code of N5",
    };

    /// <summary>A coefficient in words; a name that is not the study's stays as it is.</summary>
    /// <param name="term">The coefficient's name.</param>
    public static TermWords Describe(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        if (Fixed.TryGetValue(term, out var words)) return words;
        if (term.StartsWith("need", StringComparison.Ordinal))
            return new("Primary need at first referral", Needs.GetValueOrDefault(term[4..], term[4..]));
        return term.StartsWith("age_group", StringComparison.Ordinal)
            ? new("Age at first referral", term[9..] switch
            {
                "unborn" => "Unborn",
                "0" => "Under 1",
                var group => group.Replace("-", " to ", StringComparison.Ordinal),
            })
            : new("", term);
    }

    /// <summary>
    /// The coefficients of a model in the order in which they are read, the intercept left out: the levels of a factor stand together with
    /// its reference level, age groups from the youngest.
    /// </summary>
    /// <param name="fit">The model.</param>
    public static IReadOnlyList<ModelRow> Rows(MixedModelFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var effects = fit.FixedEffects.Where(e => e.Term != "(Intercept)").ToDictionary(e => e.Term, StringComparer.Ordinal);
        var rows = new List<ModelRow>();
        for (var i = 0; i < fit.Recipe.Levels.Count; i++)
        {
            var (name, levels) = (fit.Recipe.Formula.Variables[i].Name, fit.Recipe.Levels[i]);
            if (levels is null) continue;
            foreach (var level in levels.OrderBy(level => Array.IndexOf(Ages, level)).ThenBy(level => level, StringComparer.Ordinal))
            {
                if (effects.Remove(name + level, out var effect)) rows.Add(new ModelRow(Describe(name + level), effect));
                else if (level == levels[0]) rows.Add(new ModelRow(Describe(name + level), null));
            }
        }

        return [.. rows
            .Concat(effects.Values.Select(e => new ModelRow(Describe(e.Term), e)))
            .OrderBy(r => Array.IndexOf(Sections, r.Words.Section))];
    }

    private static readonly string[] Ages = ["unborn", "0", "1-4", "5-9", "10-12", "13-15", "16-17"];

    private static readonly string[] Sections =
        ["Age at first referral", "Sex", "Disability", "First referral", "Primary need at first referral", "Authority"];
}

/// <summary>A coefficient of the study's model, or the reference level of a factor.</summary>
/// <param name="Words">What it is.</param>
/// <param name="Effect">The estimate; null of a reference level.</param>
public sealed record ModelRow(TermWords Words, FixedEffect? Effect);
