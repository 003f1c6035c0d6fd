namespace Caseload.MixedModels;

/// <summary>How funnel limits allow for groups that differ more than chance (Spiegelhalter 2005).</summary>
public enum FunnelDispersion
{
    /// <summary>Each group's ratio has a variance of its own beside chance, the same in all: limits no narrower than it.</summary>
    Additive,

    /// <summary>The variance by chance times a factor.</summary>
    Multiplicative,

    /// <summary>Chance alone.</summary>
    None,
}
