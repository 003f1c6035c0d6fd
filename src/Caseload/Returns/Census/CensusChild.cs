namespace Caseload.Returns.Census;

/// <summary>One child of a return with all its episodes, as written.</summary>
/// <param name="Header">The return.</param>
/// <param name="Line">The line on which the child begins.</param>
public sealed record CensusChild(CensusHeader Header, long Line)
{
    private readonly List<CensusPerson> persons = new(1);
    private readonly List<CensusEpisode> episodes = new(1);

    /// <summary>
    /// The identifiers and characteristics: one record in XML; in a flat table, which repeats them on every row, one for each time that
    /// they change.
    /// </summary>
    public IReadOnlyList<CensusPerson> Persons => persons;

    /// <summary>The episodes, in the order of the file.</summary>
    public IReadOnlyList<CensusEpisode> Episodes => episodes;

    internal void Add(CensusPerson person) => persons.Add(person);

    internal void Add(CensusEpisode episode) => episodes.Add(episode);
}
