using Caseload.Frames;

namespace Caseload.Cohorts.Cleaning;

/// <summary>The unique pupil numbers of the rows, the former ones among them, as numbers that mean the same in both columns.</summary>
internal sealed class PupilNumbers
{
    private readonly TextColumn current;
    private readonly TextColumn? former;
    private readonly int[] numberOfFormer;

    private PupilNumbers(TextColumn current, TextColumn? former, int[] numberOfFormer) =>
        (this.current, this.former, this.numberOfFormer) = (current, former, numberOfFormer);

    /// <summary>Whether any row has one.</summary>
    internal bool Any => current.Levels.Count > 0 || numberOfFormer.Length > 0;

    /// <summary>The current number of a row, or -1.</summary>
    internal int Current(int row) => current.Codes[row];

    /// <summary>The former number of a row, or -1.</summary>
    internal int Former(int row) => former is not null && former.Codes[row] is var code and >= 0 ? numberOfFormer[code] : -1;

    internal static PupilNumbers Of(Frame rows)
    {
        var current = rows.Text("UPN");
        if (rows.Find("FormerUPN") is not TextColumn former) return new PupilNumbers(current, null, []);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < current.Levels.Count; i++) numbers.Add(current.Levels[i], i);
        foreach (var level in former.Levels) numbers.TryAdd(level, numbers.Count);
        return new PupilNumbers(current, former, [.. former.Levels.Select(level => numbers[level])]);
    }
}
