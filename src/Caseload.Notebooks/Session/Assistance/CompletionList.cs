namespace Caseload.Notebooks.Session.Assistance;

/// <summary>What could stand at a place in a cell.</summary>
/// <param name="Start">Where the text that a completion replaces begins, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Items">The completions, best first.</param>
public sealed record CompletionList(int Start, int End, IReadOnlyList<Completion> Items);

/// <summary>One completion.</summary>
/// <param name="Text">The text to put in.</param>
/// <param name="Kind">What it is, in the words that front ends have pictures for: <c>method</c>, <c>property</c>, <c>class</c>.</param>
/// <param name="Signature">How it is declared.</param>
public sealed record Completion(string Text, string Kind, string Signature);
