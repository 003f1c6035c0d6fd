using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Fits;

/// <summary>A column of a design in the rows of a fit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">One number a row.</param>
internal sealed record NamedColumn(string Name, double[] Values);

/// <summary>What random effects that share a covariance matrix multiply.</summary>
/// <param name="Groups">The group of each row.</param>
/// <param name="Columns">The columns.</param>
internal sealed record RandomColumns(CodedVariable Groups, IReadOnlyList<NamedColumn> Columns)
{
    /// <summary>The effects in words.</summary>
    /// <param name="others">Whether a grouping of that name and other groups must be told from this one.</param>
    internal string Name(bool others) => $"the random effects {string.Join(", ", Columns.Select(column => column.Name))} of "
        + Groups.Name + (others ? " in the same groups" : "");
}

/// <summary>The columns of a model in the rows that it was fitted to.</summary>
/// <param name="Fixed">Those of the fixed effects.</param>
/// <param name="Random">Those of the random effects, one entry a covariance matrix.</param>
internal sealed record ModelColumns(IReadOnlyList<NamedColumn> Fixed, IReadOnlyList<RandomColumns> Random)
{
    internal static ModelColumns Of(MixedModelFit fit, ModelFrame frame)
    {
        int[][] codes = [.. frame.Variables.Select(variable => variable.Codes)];
        return new ModelColumns([.. fit.Recipe.Columns.Select(Filled)],
            [.. from grouping in frame.Groupings
                from block in grouping.Blocks
                select new RandomColumns(grouping.Groups, [.. block.Columns.Select(Filled)])]);

        NamedColumn Filled(DesignColumn column)
        {
            var values = new double[frame.Rows];
            column.Fill(codes, frame.Variables, values);
            return new NamedColumn(column.Name, values);
        }
    }
}
