using Caseload.Frames;

namespace Caseload.Cohorts.Variables;

/// <summary>Grows a column of text from places in a list of codes; a code becomes a level when it first occurs.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="codes">The codes.</param>
internal sealed class CodedBuilder(string name, IReadOnlyList<string> codes)
{
    private readonly TextColumnBuilder builder = new(name);
    private readonly int[] levelOf = [.. Enumerable.Repeat(TextColumn.Missing, codes.Count)];

    /// <summary>Adds a cell.</summary>
    /// <param name="place">The place of the code, or a negative number where it is missing.</param>
    internal void Add(int place)
    {
        if (place < 0)
        {
            builder.AddMissing();
            return;
        }

        if (levelOf[place] < 0) levelOf[place] = builder.CodeOf(codes[place]);
        builder.AddCode(levelOf[place]);
    }

    /// <summary>The column of all cells added.</summary>
    internal TextColumn Build() => builder.Build();
}
