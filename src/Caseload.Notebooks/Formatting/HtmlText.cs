namespace Caseload.Notebooks.Formatting;

/// <summary>Markup that is shown as it is; what <c>HTML(...)</c> in a notebook gives.</summary>
/// <param name="Markup">A fragment of HTML.</param>
public sealed record HtmlText(string Markup)
{
    /// <summary>The markup.</summary>
    public override string ToString() => Markup;
}
