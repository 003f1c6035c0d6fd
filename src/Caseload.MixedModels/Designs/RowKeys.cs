using System.Numerics;
using System.Runtime.InteropServices;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Designs;

/// <summary>
/// What tells the rows of a model frame apart, written as the digits of a number of mixed radix: the group first, then the groups of other
/// groupings, then the variables that vary within groups. What does not vary within groups is told by the group already.
/// </summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Group">The group, or null where there is none.</param>
/// <param name="Within">The variables that vary within groups.</param>
internal sealed record RowKeys(int Rows, CodedVariable? Group, IReadOnlyList<CodedVariable> Within)
{
    /// <summary>With fewer rows one processor is done before others have begun.</summary>
    internal const int RowsForMany = 200_000;

    /// <summary>The groups of other groupings that vary within groups.</summary>
    internal IReadOnlyList<CodedVariable> Others { get; private init; } = [];

    /// <summary>The number of possible combinations of all that varies within groups.</summary>
    internal double SpaceOfGroup => Others.Aggregate(PatternSpace, (space, variable) => space * variable.Size);

    internal int Groups => Group?.Size ?? 1;

    /// <summary>The number of possible patterns of the variables that vary within groups.</summary>
    internal double PatternSpace => Within.Aggregate(1.0, (space, variable) => space * variable.Size);

    /// <summary>The keys of a frame; of several groupings, the one with the most groups stands for the group.</summary>
    internal static RowKeys Of(ModelFrame frame)
    {
        var group = frame.LargestGrouping?.Groups;
        var others = frame.Groupings.Select(grouping => grouping.Groups).Where(other => other != group);
        return new(frame.Rows, group, Varying(frame.Variables.Prepend(frame.Offset).OfType<CodedVariable>())) { Others = Varying(others) };

        CodedVariable[] Varying(IEnumerable<CodedVariable> variables) =>
            [.. variables.Where(variable => variable.Size > 1 && !IsConstantWithin(group, variable))];
    }

    /// <summary>Whether a variable has one value in each group.</summary>
    internal static bool IsConstantWithin(CodedVariable? group, CodedVariable variable)
    {
        if (group is null) return variable.Size <= 1;
        var known = new int[group.Size];
        var (groups, codes) = (group.Codes, variable.Codes);
        for (var row = 0; row < codes.Length; row++)
        {
            ref var value = ref known[groups[row]];
            if (value == 0) value = codes[row] + 1;
            else if (value != codes[row] + 1) return false;
        }

        return true;
    }

    /// <summary>The keys of all rows, where they are less than 2^31.</summary>
    internal int[] Small()
    {
        var keys = Group is null ? new int[Rows] : (int[])Group.Codes.Clone();

        CodedVariable[] varying = [.. Others, .. Within];

        // Block by block, so that the keys stay in the cache while all variables are added to them.
        const int Block = 4096;
        var blocks = (Rows + Block - 1) / Block;
        if (Rows >= RowsForMany) Parallel.For(0, blocks, Fill);
        else for (var number = 0; number < blocks; number++) Fill(number);
        return keys;

        void Fill(int number)
        {
            var from = number * Block;
            var block = keys.AsSpan(from, Math.Min(Block, Rows - from));
            foreach (var variable in varying) Append(block, variable.Size, variable.Codes.AsSpan(from, block.Length));
        }
    }

    private static void Append(Span<int> keys, int size, ReadOnlySpan<int> codes)
    {
        var whole = keys.Length - keys.Length % Vector<int>.Count;
        var to = MemoryMarshal.Cast<int, Vector<int>>(keys[..whole]);
        var from = MemoryMarshal.Cast<int, Vector<int>>(codes[..whole]);
        for (var i = 0; i < to.Length; i++) to[i] = to[i] * size + from[i];
        for (var i = whole; i < keys.Length; i++) keys[i] = keys[i] * size + codes[i];
    }
}
