namespace Caseload.Notebooks.Session.Stopping;

/// <summary>Ends the code of a cell that was interrupted.</summary>
public sealed class CellInterruptedException() : Exception("The cell was interrupted.");
