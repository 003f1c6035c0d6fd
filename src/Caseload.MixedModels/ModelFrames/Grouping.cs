using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.ModelFrames;

/// <summary>A grouping of the rows, with all random effects that vary between its groups.</summary>
/// <param name="Groups">The group of each row; the levels are the groups that hold data.</param>
/// <param name="Blocks">Its effects: those of one block may be correlated with each other, those of different blocks are not.</param>
public sealed record Grouping(CodedVariable Groups, IReadOnlyList<EffectBlock> Blocks)
{
    /// <summary>The number of effects of a group.</summary>
    public int Effects => Blocks.Sum(block => block.Columns.Count);

    /// <summary>The groupings of a formula's random terms, in the order in which they first appear.</summary>
    /// <param name="formula">The model.</param>
    /// <param name="variables">Its variables, for the levels of factors among the effects.</param>
    /// <param name="group">Codes the groups of some columns.</param>
    internal static IReadOnlyList<Grouping> Of(ModelFormula formula, IReadOnlyList<CodedVariable> variables,
        Func<RandomTerm, CodedVariable> group) =>
    [
        .. formula.RandomTerms.GroupBy(term => term.GroupName).Select(terms => new Grouping(group(terms.First()),
            [.. terms.Select(term => new EffectBlock(DesignColumn.Of(term.HasIntercept, term.Terms, variables)))])),
    ];

    /// <summary>Whether each group lies within one group of the next larger grouping.</summary>
    internal static bool AreNested(IReadOnlyList<Grouping> groupings)
    {
        CodedVariable[] finest = [.. groupings.Select(grouping => grouping.Groups).OrderByDescending(groups => groups.Size)];
        return finest.Zip(finest.Skip(1)).All(pair => LiesWithin(pair.First, pair.Second));
    }

    /// <summary>Whether each group's rows hold one value of a variable.</summary>
    internal static bool LiesWithin(CodedVariable groups, CodedVariable larger)
    {
        var holder = new int[groups.Size];
        Array.Fill(holder, -1);
        for (var row = 0; row < groups.Codes.Length; row++)
        {
            ref var of = ref holder[groups.Codes[row]];
            if (of < 0) of = larger.Codes[row];
            else if (of != larger.Codes[row]) return false;
        }

        return true;
    }
}

/// <summary>Random effects that share a covariance matrix.</summary>
/// <param name="Columns">The columns that they multiply: the intercept has no parts.</param>
public sealed record EffectBlock(IReadOnlyList<DesignColumn> Columns)
{
    /// <summary>The number of distinct variances and covariances.</summary>
    public int Parameters => Columns.Count * (Columns.Count + 1) / 2;
}
