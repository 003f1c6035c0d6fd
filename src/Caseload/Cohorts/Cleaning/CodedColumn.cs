using Caseload.Frames;

namespace Caseload.Cohorts.Cleaning;

/// <summary>
/// A column of codes whose values may be replaced, without a copy of the rows: what a row holds is the place of its code in an ordinal
/// list, so that equal codes have equal places whatever the order of the files.
/// </summary>
internal sealed class CodedColumn
{
    private readonly TextColumn source;
    private readonly string?[] valueOf;
    private short[] placeOf = [];

    internal CodedColumn(TextColumn source, Func<string, string?>? value = null)
    {
        this.source = source;
        valueOf = [.. source.Levels.Select(level => value is null ? level : value(level))];
        Arrange();
    }

    /// <summary>The codes in ordinal order.</summary>
    internal string[] Codes { get; private set; } = [];

    /// <summary>The place of a row's code in <see cref="Codes"/>, or -1 where it is missing.</summary>
    internal short this[int row] => source.Codes[row] is var level and >= 0 ? placeOf[level] : (short)-1;

    /// <summary>Replaces codes; null makes them missing.</summary>
    /// <returns>The number of rows whose code was replaced.</returns>
    internal int Replace(Func<string, string?> replacement)
    {
        var replaced = new bool[valueOf.Length];
        for (var level = 0; level < valueOf.Length; level++)
        {
            if (valueOf[level] is not { } old) continue;
            valueOf[level] = replacement(old);
            replaced[level] = valueOf[level] != old;
        }

        if (!replaced.Contains(true)) return 0;
        Arrange();
        var rows = 0;
        foreach (var level in source.Codes) rows += level >= 0 && replaced[level] ? 1 : 0;
        return rows;
    }

    private void Arrange()
    {
        Codes = [.. valueOf.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        placeOf = [.. valueOf.Select(v => (short)(v is null ? -1 : Array.BinarySearch(Codes, v, StringComparer.Ordinal)))];
    }
}
