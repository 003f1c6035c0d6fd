using System.Text.RegularExpressions;

namespace Caseload.Areas;

/// <summary>
/// The two code systems for local authorities. The kit joins on the three digits of the Department for Education: they stand in the
/// returns, and they outlive changes of the ONS code (Somerset and North Yorkshire took new ones in 2023 and kept their three digits).
/// </summary>
public static partial class AuthorityCodes
{
    /// <summary>What stands between the codes of a joint row.</summary>
    public const string Joint = " / ";

    /// <summary>Whether a text is one code of three digits.</summary>
    /// <param name="text">The text.</param>
    public static bool IsDfe(string text) => DfeCode().IsMatch(text);

    /// <summary>Whether a text is a code of the Office for National Statistics for an authority with children's services.</summary>
    /// <param name="text">The text.</param>
    public static bool IsOns(string text) => OnsCode().IsMatch(text);

    /// <summary>The codes of a cell: one, or several divided by a slash, such as <c>940 / 941</c>; in ascending order.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>The codes, or null where a part is not three digits or a code stands twice.</returns>
    public static IReadOnlyList<string>? Split(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var codes = cell.Split('/', StringSplitOptions.TrimEntries);
        Array.Sort(codes, StringComparer.Ordinal);
        return Array.TrueForAll(codes, IsDfe) && codes.Distinct(StringComparer.Ordinal).Count() == codes.Length ? codes : null;
    }

    [GeneratedRegex(@"^[0-9]{3}\z")]
    private static partial Regex DfeCode();

    [GeneratedRegex(@"^E(06|08|09|10)[0-9]{6}\z")]
    private static partial Regex OnsCode();
}
