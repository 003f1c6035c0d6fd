namespace Caseload.Notebooks.Session;

/// <summary>Code to run.</summary>
/// <param name="Name">What messages call it, such as <c>cell 7</c>; each cell of a session has a name of its own.</param>
/// <param name="Code">The text, in the dialect of the notebooks.</param>
/// <param name="ExecutionCount">The number of the execution, from 1, that its result carries.</param>
public sealed record CellSource(string Name, string Code, int ExecutionCount);
