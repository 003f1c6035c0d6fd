namespace Caseload.Returns;

/// <summary>How a return says that it was simulated.</summary>
public static class SimulatedReturn
{
    /// <summary>The software code in the header of a simulated return in XML.</summary>
    public const string SoftwareCode = "Caseload simulation";
}
