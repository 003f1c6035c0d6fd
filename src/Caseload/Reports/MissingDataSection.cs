using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The section of the report on missing data; there is none where no choice was asked for.</summary>
internal static class MissingDataSection
{
    internal static IEnumerable<Section> Of(StudyResults results)
    {
        if (results.MissingDataObstacle is { } obstacle)
            yield return new Section("Missing data",
                [new Prose("The choices about missing data have no estimate.\n\n"
                    + Prose.Literal($"{obstacle.Found}. {obstacle.Remedy}"))]);
        if (results.Release().MissingData is not { } missing) yield break;
        yield return new Section("Missing data",
        [
            new Prose("The main analysis leaves children out of whom a covariate is not recorded. Here the interaction model stands beside "
                + "other choices, each with what it assumes. None of the assumptions can be checked in the data."),
            MissingDataBlocks.Assumptions(results),
            MissingDataBlocks.Covariates(results),
            MissingDataBlocks.Choices(results),
            .. missing.Trace.Count == 0 ? Array.Empty<Block>() : [MissingDataBlocks.Trace(results)],
        ]);
    }
}
