namespace Caseload.Models.MissingData;

/// <summary>A column of an imputation model: a number for every pattern of a child.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its values by pattern, the imputed variable at its first value.</param>
internal sealed record ImputationColumn(string Name, double[] Values);

/// <summary>
/// The child's part of the model of a variable that is imputed: the outcome, the other covariates, and the product of two of them that the
/// study's model implies. There a disability counts where it is not the primary need, so disability and outcome go together among the
/// children of other needs only.
/// </summary>
internal static class ImputationColumns
{
    internal static IReadOnlyList<ImputationColumn> Of(ChildCells cells, ImputedVariable target)
    {
        var own = Array.IndexOf(cells.Needs, ModelData.OwnDisability);
        ImputationColumn Column(string name, Func<int, int, double> value) => new(name,
            [.. Enumerable.Range(0, cells.Patterns).Select(p => value(p / cells.Completions, p % cells.Completions))]);
        int Disability(int completion) => cells.ValueOf(ImputedVariable.Disability, completion);
        int Need(int completion) => cells.ValueOf(ImputedVariable.Need, completion);
        var columns = new List<ImputationColumn>
        {
            Column("nfa", (place, _) => place / 2 % 2),
            Column("rereferred", (place, _) => place % 2),
        };
        for (var age = 1; age < cells.Ages.Length; age++)
        {
            var level = age;
            columns.Add(Column($"age_{level}", (place, _) => place / 4 == level ? 1 : 0));
        }

        if (target != ImputedVariable.Sex) columns.Add(Column("female", (_, c) => cells.ValueOf(ImputedVariable.Sex, c)));
        if (target != ImputedVariable.Disability) columns.Add(Column("disabled", (_, c) => Disability(c)));
        if (target == ImputedVariable.Need) columns.Add(Column("rereferred_disabled", (place, c) => place % 2 * Disability(c)));
        if (target == ImputedVariable.Need) return columns;
        for (var need = 1; need < cells.Needs.Length; need++)
        {
            var level = need;
            columns.Add(Column($"need_{level}", (_, c) => Need(c) == level ? 1 : 0));
        }

        if (target == ImputedVariable.Disability && own >= 0)
            columns.Add(Column("rereferred_own", (place, c) => Need(c) == own ? place % 2 : 0));
        return columns;
    }
}
