using Caseload.Cohorts;
using Caseload.Frames;

namespace Caseload.Models.MissingData;

/// <summary>A covariate of which values may be missing.</summary>
public enum ImputedVariable
{
    /// <summary>Sex: 0 male, 1 female.</summary>
    Sex,

    /// <summary>Disability: 0 not disabled, 1 disabled.</summary>
    Disability,

    /// <summary>Primary need, as its place among the needs that the children have.</summary>
    Need,
}

/// <summary>Children that are alike in what is recorded of them, some covariate of whom is missing.</summary>
/// <param name="Authority">The place of the authority.</param>
/// <param name="Base">The place of age group, no further action and outcome: see <see cref="ChildCells.BaseOf"/>.</param>
/// <param name="Values">Sex, disability and need in the order of <see cref="ImputedVariable"/>; -1 where missing.</param>
/// <param name="Children">How many there are.</param>
internal readonly record struct IncompleteCell(int Authority, int Base, int[] Values, int Children);

/// <summary>
/// Children counted by what the model knows of them. All covariates of a child are categories, so children who are alike within an
/// authority are a number: imputation draws numbers, and the order of the children cannot show.
/// </summary>
internal sealed class ChildCells
{
    private ChildCells(string[] authorities, string[] ages, string[] needs)
    {
        (Authorities, Ages, Needs) = (authorities, ages, needs);
        (Cin, Rate) = (new double[authorities.Length], new double[authorities.Length]);
        Sizes = [2, 2, needs.Length];
        Complete = new int[authorities.Length * Patterns];
    }

    /// <summary>The codes of the authorities, in ordinal order.</summary>
    internal string[] Authorities { get; }

    /// <summary>CIN per social worker and the referral rate of each authority, as the model has them.</summary>
    internal double[] Cin { get; }

    internal double[] Rate { get; }

    /// <summary>The age groups, in ordinal order.</summary>
    internal string[] Ages { get; }

    /// <summary>The primary needs that are recorded of some child, in ordinal order.</summary>
    internal string[] Needs { get; }

    /// <summary>How many values each covariate has that may be missing.</summary>
    internal int[] Sizes { get; }

    /// <summary>The number of combinations of age group, no further action and outcome.</summary>
    internal int Bases => Ages.Length * 4;

    /// <summary>The number of combinations of sex, disability and need.</summary>
    internal int Completions => 4 * Needs.Length;

    /// <summary>The number of patterns of a child.</summary>
    internal int Patterns => Bases * Completions;

    /// <summary>Children of whom all is recorded, by authority and pattern.</summary>
    internal int[] Complete { get; }

    /// <summary>The others, in the order of authority, base and values.</summary>
    internal IReadOnlyList<IncompleteCell> Incomplete { get; private set; } = [];

    /// <summary>All children.</summary>
    internal int Children { get; private set; }

    internal static int BaseOf(int age, int nfa, int outcome) => (((age * 2) + nfa) * 2) + outcome;

    internal int CompletionOf(int sex, int disability, int need) => (((sex * 2) + disability) * Needs.Length) + need;

    /// <summary>The value of a covariate in a combination of them.</summary>
    internal int ValueOf(ImputedVariable variable, int completion) => variable switch
    {
        ImputedVariable.Sex => completion / (2 * Needs.Length),
        ImputedVariable.Disability => completion / Needs.Length % 2,
        _ => completion % Needs.Length,
    };

    /// <summary>How far apart combinations stand that differ by one value of a covariate.</summary>
    internal int StepOf(ImputedVariable variable) => variable switch
    {
        ImputedVariable.Sex => 2 * Needs.Length,
        ImputedVariable.Disability => Needs.Length,
        _ => 1,
    };

    /// <summary>Whether a combination agrees with what is recorded of some children.</summary>
    internal bool Agrees(IncompleteCell cell, int completion)
    {
        for (var v = 0; v < cell.Values.Length; v++)
        {
            if (cell.Values[v] >= 0 && cell.Values[v] != ValueOf((ImputedVariable)v, completion)) return false;
        }

        return true;
    }

    /// <summary>How many children lack a covariate.</summary>
    internal int Missing(ImputedVariable variable) => Incomplete.Sum(cell => cell.Values[(int)variable] < 0 ? cell.Children : 0);

    /// <summary>The children of a cohort who can be in the model once their covariates are known.</summary>
    /// <param name="cohort">The cohort.</param>
    internal static Frame Analysable(Cohort cohort)
    {
        var children = cohort.EligibleChildren;
        var (age, cin) = (children.Text("age_group"), children.Number("cin_per_social_worker"));
        var rate = children.Number("referral_rate_per_10000");
        return children.Filter(row => !age.IsMissing(row) && !cin.IsMissing(row) && !rate.IsMissing(row));
    }

    /// <summary>Counts children.</summary>
    /// <param name="children">Rows of the table "cohort" with an age group and the figures of their authority.</param>
    internal static ChildCells Count(Frame children)
    {
        var data = ModelData.OfChildren(children);
        var (authority, age, need) = (data.Text("authority"), data.Text("age_group"), data.Text("need"));
        var cells = new ChildCells(Present(authority), Present(age), Present(need));
        var (authorityOf, ageOf, needOf) =
            (Places(authority, cells.Authorities), Places(age, cells.Ages), Places(need, cells.Needs));
        var (sex, disabled) = (children.Text("sex"), children.Flag("disabled"));
        var (nfa, outcome) = (data.Integer("nfa"), data.Integer("rereferred"));
        var (cin, rate) = (data.Number(ModelTerms.Cin), data.Number(ModelTerms.Rate));
        var incomplete = new SortedDictionary<(int, int, int, int, int), int>();
        for (var row = 0; row < children.RowCount; row++)
        {
            var j = authorityOf[authority.Codes[row]];
            (cells.Cin[j], cells.Rate[j]) = (cin.Values[row], rate.Values[row]);
            var place = BaseOf(ageOf[age.Codes[row]], nfa.Values[row], outcome.Values[row]);
            var (s, d) = (sex[row] switch { "male" => 0, "female" => 1, _ => -1 }, (int)disabled.Values[row]);
            var n = need.Codes[row] < 0 ? -1 : needOf[need.Codes[row]];
            if (s >= 0 && d >= 0 && n >= 0) cells.Complete[cells.Place(j, place, cells.CompletionOf(s, d, n))]++;
            else incomplete[(j, place, s, d, n)] = incomplete.GetValueOrDefault((j, place, s, d, n)) + 1;
        }

        cells.Children = children.RowCount;
        cells.Incomplete = [.. incomplete.Select(c =>
            new IncompleteCell(c.Key.Item1, c.Key.Item2, [c.Key.Item3, c.Key.Item4, c.Key.Item5], c.Value))];
        return cells;
    }

    /// <summary>The place of children of an authority in an array by authority and pattern.</summary>
    internal int Place(int authority, int place, int completion) => (((authority * Bases) + place) * Completions) + completion;

    private static string[] Present(TextColumn column) =>
        [.. column.Codes.ToArray().Where(code => code >= 0).Distinct().Select(code => column.Levels[code]).Order(StringComparer.Ordinal)];

    private static int[] Places(TextColumn column, string[] present) =>
        [.. column.Levels.Select(level => Array.BinarySearch(present, level, StringComparer.Ordinal))];
}
