namespace Caseload.Figures;

/// <summary>Whether numbers describe real children or were simulated. What does not say that it is simulated counts as real.</summary>
public enum DataKind
{
    /// <summary>Made from returns about children.</summary>
    Real,

    /// <summary>Made by the kit's own simulation: it says nothing about any child or authority.</summary>
    Simulated,
}
