namespace Caseload.Simulation;

/// <summary>What a planted parameter may be; numbers outside are refused when a truth file is read.</summary>
/// <param name="least">The least that each number may be.</param>
/// <param name="most">The most.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlantedAttribute(double least, double most) : Attribute
{
    /// <summary>The least that each number may be.</summary>
    internal double Least { get; } = least;

    /// <summary>The most that each number may be.</summary>
    internal double Most { get; } = most;

    /// <summary>How many numbers there are; 0 for a single one.</summary>
    public int Length { get; init; }

    /// <summary>Whether the numbers are shares that make 1 together, within 0.005.</summary>
    public bool IsShares { get; init; }

    /// <summary>Whether no number is below the one before it.</summary>
    public bool IsAscending { get; init; }
}
