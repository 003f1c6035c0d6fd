using Caseload.Models;

namespace Caseload.Exports;

/// <summary>The model in Stata by <c>melogit</c> with the Laplace approximation.</summary>
internal static class StataScript
{
    // Variables of the model carry this mark, so that none has the name of a column of the cohort.
    private const string Mark = "m_";

    internal static IReadOnlyList<string> Lines(ScriptModel model)
    {
        var terms = model.Terms.Where(t => t.Parts.Count > 0).ToArray();
        return
        [
            "* The interaction model of the study in Stata with melogit, beside the estimates of Caseload, which wrote this script.",
            "* Run: do model.do [COHORT.csv]       (without a file: cohort.csv in the folder above; run it in its own folder)",
            "version 14",
            "args cohort",
            "if \"`cohort'\" == \"\" local cohort \"../cohort.csv\"",
            "import delimited using \"`cohort'\", varnames(1) case(preserve) stringcols(_all) encoding(\"utf-8\") clear",
            "",
            "* The children of the model. Caseload gives each child a status; a cohort of another hand may lack it, and then they are the",
            "* eligible ones of whom everything is recorded.",
            "capture confirm variable status",
            "if _rc == 0 {",
            "    keep if status == \"modelled\"",
            "}",
            "else {",
            "    keep if inlist(lower(eligible), \"true\", \"1\") & age_group != \"\" & inlist(sex, \"male\", \"female\")",
            "    keep if disabled != \"\" & need != \"\" & referral_rate_per_10000 != \"\" & cin_per_social_worker != \"\"",
            "}",
            "",
            "* The columns of the model.",
            .. model.Columns.Select(column => Derive(column, model)).OfType<string>(),
            "",
            "* A variable for each coefficient; the reference levels have none.",
            .. model.Factors.Select(f => $"* {f.Name}: against {f.Levels[0]}"),
            .. terms.Where(NeedsVariable).Select(t => $"generate double {Name(t)} = {string.Join(" * ", t.Parts.Select(Part))}"),
            "",
            $"melogit {Mark}rereferred " + string.Join(" ", terms.Select(Name)) + $" || {Mark}{model.Group}:, intmethod(laplace)",
            "",
            "* Caseload's estimates, coefficient by coefficient.",
            "preserve",
            "tempname theirs",
            $"matrix `theirs' = e(b)",
            $"import delimited using \"{ModelScripts.EstimatesFile}\", varnames(1) case(preserve) asdouble clear",
            "display _newline %-24s \"term\" %14s \"Caseload\" %14s \"Stata\" %14s \"difference\"",
            .. model.Terms.Select(t => Compare(t.Name, t.Parts.Count == 0 ? "_b[_cons]" : $"_b[{Name(t)}]")),
            Compare(ScriptModel.DeviationRow, $"sqrt(`theirs'[1, colsof(`theirs')])"),
            Compare(ScriptModel.LikelihoodRow, "e(ll)"),
            "restore",
        ];
    }

    private static string? Derive(ModelColumn column, ScriptModel model) => column switch
    {
        ModelColumn.Taken taken when model.Group == taken.Column => $"encode {taken.Column}, generate({Mark}{taken.Name})",
        ModelColumn.Taken => null,
        ModelColumn.Marked marked => $"generate byte {Mark}{marked.Name} = {IsTrue(marked.Column)}",
        ModelColumn.Equal equal => $"generate byte {Mark}{equal.Name} = {equal.Column} == \"{equal.Value}\"",
        ModelColumn.MarkedUnless unless =>
            $"generate byte {Mark}{unless.Name} = {IsTrue(unless.Column)} & {unless.Other} != \"{unless.Value}\"",
        ModelColumn.Scaled scaled => $"generate double {Mark}{scaled.Name} = (real({scaled.Column}) - {ScriptModel.Number(scaled.Centre)})"
            + $" / {ScriptModel.Number(scaled.Unit)}",
        _ => throw new ArgumentException("A column of an unknown kind.", nameof(column)),
    };

    private static string IsTrue(string column) => $"inlist(lower({column}), \"true\", \"1\")";

    private static bool NeedsVariable(ScriptTerm term) => term.Parts is not [(_, null)];

    private static string Name(ScriptTerm term) => Mark + ScriptModel.Plain(term.Name);

    private static string Part((string Variable, string? Level) part) =>
        part.Level is null ? Mark + part.Variable : $"({part.Variable} == \"{part.Level}\")";

    // The row of the estimates is sought by its term: the file's order is not relied on.
    private static string Compare(string term, string theirs) =>
        $"quietly summarize estimate if term == \"{term}\"\n"
        + $"display %-24s \"{term}\" %14.6f r(mean) %14.6f {theirs} %14.2e {theirs} - r(mean)";
}
