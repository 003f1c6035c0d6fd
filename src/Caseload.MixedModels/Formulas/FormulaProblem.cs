using Caseload.Frames;

namespace Caseload.MixedModels.Formulas;

/// <summary>Errors in a formula: the formula is shown with a caret under the character where it goes wrong.</summary>
internal static class FormulaProblem
{
    // "where:    " stands before the formula when a problem is printed.
    private const int Margin = 10;

    internal static ProblemException At(string formula, int position, string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, Point(formula, position), remedy));

    /// <summary>The formula, and under it a caret at a position.</summary>
    internal static string Point(string formula, int position) =>
        $"{formula.ReplaceLineEndings(" ")}\n{new string(' ', Margin + position)}^";
}
