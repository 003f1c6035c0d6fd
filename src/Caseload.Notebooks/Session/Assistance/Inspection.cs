namespace Caseload.Notebooks.Session.Assistance;

/// <summary>What is known of a name in a cell.</summary>
/// <param name="Text">For a terminal.</param>
/// <param name="Markdown">For a front end that draws Markdown.</param>
public sealed record Inspection(string Text, string Markdown);

/// <summary>How much an inspection tells.</summary>
public enum InspectionDetail
{
    /// <summary>How the name is declared, what it is for, and its parameters.</summary>
    Short,

    /// <summary>Also what it gives back, what it throws, and remarks.</summary>
    Full,
}
