namespace Caseload.Returns.Census;

/// <summary>What the form of a return can hold, whether or not it stands in it.</summary>
/// <param name="IsFlat">Whether it is a flat table, a row a referral, where children have no record of their own.</param>
/// <param name="Columns">The columns of a flat table; empty for XML, which can hold every item.</param>
public sealed record CensusForm(bool IsFlat, IReadOnlySet<string> Columns)
{
    /// <summary>The form of a return in XML.</summary>
    public static CensusForm Xml { get; } = new(false, new HashSet<string>());

    /// <summary>Whether an item can be held.</summary>
    /// <param name="item">The name of the census item.</param>
    public bool Holds(string item) => !IsFlat || Columns.Contains(item);
}
