using Caseload.Frames;
using Caseload.Frames.Databases;
using Caseload.Returns.Census;
using Caseload.Schemas;

namespace Caseload.Rules;

/// <summary>Applies the published validation rules to returns.</summary>
public static class RuleRun
{
    /// <summary>
    /// Applies every rule to every file. A file is one return, or a table of several; children are compared inside one. One child is held
    /// at a time; beyond that only the sets of identifiers that rules 1520 and 8510 compare grow.
    /// </summary>
    /// <param name="package">The code lists and the contract of returns.</param>
    /// <param name="files">Returns in XML or flat CSV.</param>
    /// <param name="map">Takes the names of files in CSV to the census item names, or null.</param>
    /// <returns>What came of each rule, in the order of their numbers.</returns>
    /// <exception cref="ProblemException">A file cannot be read.</exception>
    public static IReadOnlyList<RuleReport> Over(DataPackage package, IReadOnlyList<string> files, ColumnMap? map = null)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(files);
        var schema = package.Table("returns");
        return Over(package, files.Select(file => CensusWalk.Open(file, schema, map)));
    }

    /// <summary>Applies every rule to the rows of a query, which is a flat table of one or more returns.</summary>
    /// <param name="package">The code lists and the contract of returns.</param>
    /// <param name="session">The database.</param>
    /// <param name="query">The query, a row a referral. It is run two or more times.</param>
    /// <param name="map">Takes the query's names to the census item names, or null.</param>
    /// <returns>What came of each rule; its places are rows of the query.</returns>
    /// <exception cref="ProblemException">The query cannot be run, or gives other rows, or another order, the next time.</exception>
    public static IReadOnlyList<RuleReport> Over(
        DataPackage package, DatabaseSession session, DatabaseQuery query, ColumnMap? map = null)
    {
        ArgumentNullException.ThrowIfNull(package);
        return Over(package, Enumerable.Repeat(query, 1).Select(q => FlatWalk.Over(session, q, package.Table("returns"), map)));
    }

    // A walk is opened when its turn comes and closed before the next.
    private static RuleReport[] Over(DataPackage package, IEnumerable<CensusWalk> walks)
    {
        var tallies = RuleRegistry.Create(package).Select(rule => new RuleTally(rule)).ToArray();
        foreach (var opened in walks)
        {
            using var walk = opened;
            var rules = RuleRegistry.Create(package);
            for (var i = 0; i < tallies.Length; i++) tallies[i].Begin(rules[i], walk);
            foreach (var child in walk.Children())
            {
                foreach (var tally in tallies) tally.Judge(child);
            }

            foreach (var tally in tallies) tally.End(walk);
        }

        return [.. tallies.Select(tally => tally.Report())];
    }
}
