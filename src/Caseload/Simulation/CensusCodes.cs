namespace Caseload.Simulation;

/// <summary>The codes of the census that the simulation writes, with the shares in which it draws them.</summary>
internal static class CensusCodes
{
    /// <summary>The place of N2, the child's own disability or illness, among the needs.</summary>
    internal const int ChildsDisability = 1;

    /// <summary>The place of N0, need not stated.</summary>
    internal const int NeedNotStated = 9;

    internal static readonly string[] Needs = ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N0"];

    internal static readonly string[] Genders = ["0", "1", "2"];

    internal static readonly string[] Ethnicities =
        ["WBRI", "WOTH", "MWBC", "MOTH", "APKN", "AIND", "AOTH", "BAFR", "BCRB", "OOTH", "REFU", "NOBT"];

    internal static readonly double[] EthnicityShares = [0.69, 0.05, 0.03, 0.04, 0.04, 0.02, 0.02, 0.04, 0.02, 0.02, 0.01, 0.02];

    /// <summary>Disabilities, none first; several of a child in one cell.</summary>
    internal static readonly string[] Disabilities =
        ["NONE", "LD", "AUT", "BEH", "COMM", "MOB", "COMM;LD", "AUT;BEH", "HEAR", "VIS", "MOB;PC", "DDA", "CON", "INC", "HAND"];

    /// <summary>Shares of the disabilities other than none.</summary>
    internal static readonly double[] DisabilityShares =
        [0.22, 0.16, 0.13, 0.09, 0.08, 0.09, 0.07, 0.03, 0.02, 0.04, 0.03, 0.02, 0.01, 0.01];

    internal static readonly string[] Sources =
    [
        "6", "2A", "1A", "5A", "3A", "3B", "3C", "3D", "3E", "3F", "5B", "5C", "5D", "4", "7", "1B", "1C", "1D", "2B", "8", "9", "10",
    ];

    internal static readonly double[] SourceShares =
    [
        0.25, 0.16, 0.07, 0.08, 0.03, 0.03, 0.01, 0.03, 0.03, 0.03, 0.03, 0.04, 0.02, 0.02, 0.04, 0.02, 0.01, 0.01, 0.02, 0.04, 0.02, 0.01,
    ];

    internal static readonly string[] Closures = ["RC1", "RC2", "RC3", "RC4", "RC5", "RC6", "RC7", "RC8"];

    internal static readonly string[] UpnUnknown = ["UN1", "UN2"];
}

/// <summary>Why a case was closed; the places of <see cref="CensusCodes.Closures"/>.</summary>
internal enum ClosureReason : byte
{
    /// <summary>RC1.</summary>
    Adopted,

    /// <summary>RC2.</summary>
    Died,

    /// <summary>RC3.</summary>
    ResidenceOrder,

    /// <summary>RC4.</summary>
    SpecialGuardianship,

    /// <summary>RC5.</summary>
    OtherAuthority,

    /// <summary>RC6.</summary>
    AdultServices,

    /// <summary>RC7.</summary>
    Other,

    /// <summary>RC8.</summary>
    NoFurtherAction,
}
