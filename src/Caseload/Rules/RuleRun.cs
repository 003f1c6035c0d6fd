using Caseload.Frames;
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
    /// <param name="package">The code lists.</param>
    /// <param name="files">Returns in XML or flat CSV.</param>
    /// <returns>What came of each rule, in the order of their numbers.</returns>
    /// <exception cref="ProblemException">A file cannot be read.</exception>
    public static IReadOnlyList<RuleReport> Over(DataPackage package, IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var tallies = RuleRegistry.Create(package).Select(rule => new RuleTally(rule)).ToArray();
        foreach (var file in files)
        {
            using var walk = CensusWalk.Open(file);
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
