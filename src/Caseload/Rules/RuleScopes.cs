using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>A rule about the identifiers and characteristics of one child.</summary>
/// <param name="number">The published number.</param>
/// <param name="message">What is wrong with the rows that the rule names.</param>
/// <param name="items">The census items that it needs.</param>
public abstract class PersonRule(string number, string message, params string[] items) : Rule(number, message, items)
{
    /// <inheritdoc/>
    public sealed override void Judge(CensusChild child, RulePlaces places)
    {
        ArgumentNullException.ThrowIfNull(child);
        foreach (var person in child.Persons) Judge(person, child, places);
    }

    /// <summary>Judges the identifiers and characteristics of a child.</summary>
    /// <param name="person">The identifiers and characteristics.</param>
    /// <param name="child">The child that they belong to.</param>
    /// <param name="places">Takes the places that break the rule.</param>
    protected abstract void Judge(CensusPerson person, CensusChild child, RulePlaces places);
}

/// <summary>A rule about one episode, alone or beside the child that it belongs to.</summary>
/// <param name="number">The published number.</param>
/// <param name="message">What is wrong with the rows that the rule names.</param>
/// <param name="items">The census items that it needs.</param>
public abstract class EpisodeRule(string number, string message, params string[] items) : Rule(number, message, items)
{
    /// <inheritdoc/>
    public sealed override void Judge(CensusChild child, RulePlaces places)
    {
        ArgumentNullException.ThrowIfNull(child);
        foreach (var episode in child.Episodes) Judge(episode, child.Header, places);
    }

    /// <summary>Judges an episode.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="header">The return that it stands in.</param>
    /// <param name="places">Takes the places that break the rule.</param>
    protected abstract void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places);
}

/// <summary>What rules that need the census year say where it cannot be read.</summary>
internal static class CensusYearReason
{
    internal static string? For(CensusHeader header) =>
        header.CensusYear is null ? "the census year of the rows cannot be read" : null;
}
