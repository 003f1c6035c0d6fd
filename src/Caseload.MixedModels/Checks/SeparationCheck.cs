using System.Globalization;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Checks;

/// <summary>A design on which finite estimates exist.</summary>
/// <param name="Design">The cells that no direction separates, and the columns that are independent on them; without cells where all are
/// separated.</param>
/// <param name="Glm">The maximum without the random effect on it.</param>
/// <param name="Unbounded">The coefficients without a finite estimate.</param>
/// <param name="Check">What was found.</param>
internal sealed record BoundedDesign(Design Design, Optimum Glm, IReadOnlySet<string> Unbounded, FitCheck Check);

/// <summary>
/// Looks for separation and takes what it separates away. In the limit along a separating direction the separated cells are predicted
/// without error and contribute 0 to the log-likelihood; the remaining cells determine the other coefficients, which is what their
/// estimates converge to.
/// </summary>
/// <param name="frame">The model's data, for the names of terms and levels.</param>
/// <param name="design">The design, of full rank.</param>
/// <param name="search">Maximises the likelihood without the random effect.</param>
internal sealed class SeparationCheck(ModelFrame frame, Design design, PooledSearch search)
{
    // A component of a direction below this share of its largest is rounding.
    private const double Zero = 1e-8;

    private readonly SortedDictionary<int, string> unbounded = [];

    internal BoundedDesign Run(Optimum rough)
    {
        var (current, trials, glm) = (design, design.Cells.Trials.Sum(), rough);
        while (!Separation.IsExcluded(current, glm))
        {
            glm = search.Refine(glm);
            if (Separation.IsExcluded(current, glm) || Separation.Find(current, glm) is not { } found) break;
            var remaining = current.Where([.. found.Separated.Select(separated => !separated)]);
            var rank = ColumnRank.Of(remaining.Operator.Columns(), remaining.Standardised.RawSizes);
            Note(current, Separation.NullDirections(rank, current.Width), found);
            current = remaining.Select(rank.Kept);
            if (current.Cells.Count == 0) break;
            glm = search.Approach(PooledSearch.Start(current));
        }

        return new BoundedDesign(current, glm, unbounded.Keys.Select(k => design.Names[k].Name).ToHashSet(StringComparer.Ordinal),
            unbounded.Count == 0
                ? FitCheck.Passed(CheckName.Separation, "No combination of covariates separates the outcomes.")
                : Failed(trials - current.Cells.Trials.Sum(), trials));
    }

    // A coefficient has a finite estimate where no direction that leaves the remaining cells as they are moves it.
    private void Note(Design current, List<double[]> free, SeparatingDirection found)
    {
        var towards = current.ToOriginal(found.Direction);
        foreach (var direction in free.Select(d => current.ToOriginal(d)))
        {
            var largest = direction.Max(Math.Abs);
            for (var k = 0; k < direction.Length; k++)
            {
                if (Math.Abs(direction[k]) <= Zero * largest) continue;
                var index = design.Names.ToList().FindIndex(n => n.Name == current.Names[k].Name);
                unbounded.TryAdd(index, Limit(towards, k));
            }
        }
    }

    private static string Limit(double[] direction, int k) =>
        Math.Abs(direction[k]) <= Zero * direction.Max(Math.Abs)
            ? "" : ", tends to " + (direction[k] > 0 ? "plus infinity" : "minus infinity");

    private string Units => frame.Response is CountResponse ? "observations (counts of 0)" : "trials";

    private FitCheck Failed(double separated, double trials)
    {
        var names = string.Join(", ", unbounded.Keys.Select(k => design.Names[k].Name));
        var kind = separated == trials ? "Complete" : "Quasi-complete";
        var told = string.Join(", ", unbounded.Select(u => (Column: design.Names[u.Key], Limit: u.Value))
            .Select(u => $"{u.Column.Name} ({u.Column.Describe(frame.Variables)}{u.Limit})"));
        return new FitCheck(CheckName.Separation, CheckOutcome.Failed, names, separated, 0, string.Create(CultureInfo.InvariantCulture,
            $"{kind} separation: the covariates tell the outcome of {separated} of {trials} {Units} without error, "
            + $"so there is no finite estimate of {told}."));
    }
}
