using System.Text.RegularExpressions;

namespace Caseload.Notebooks.Session.Packages;

/// <summary>Says in a line or two why packages could not be had, from what the restore wrote.</summary>
internal static partial class RestoreFailure
{
    private const int MostLines = 2;

    /// <summary>There is nothing to restore with.</summary>
    public const string NoSdk = "packages are fetched with the .NET SDK, and there is none on this machine: install it, or name the "
        + "assembly's file with #r \"path.dll\"";

    /// <summary>The message for what a restore wrote.</summary>
    /// <param name="output">What it wrote, on both streams.</param>
    public static string Of(string output)
    {
        var errors = output.Split('\n').Select(line => Error().Match(line)).Where(m => m.Success)
            .Select(m => (Code: m.Groups[1].Value, Text: m.Groups[2].Value.Trim())).Distinct().ToArray();

        // A line that begins with a dash goes on with the error before it: of the versions that there are, the nearest is of use.
        var nearest = Nearest().Match(output) is { Success: true } near ? $", the nearest is {near.Groups[1].Value}" : "";
        var told = errors.Where(e => !e.Text.StartsWith('-')).OrderBy(e => e.Code == "NU1301" ? 1 : 0)
            .Select(e => Tell(e, nearest)).Distinct(StringComparer.Ordinal).Take(MostLines).ToArray();
        return told.Length > 0 ? string.Join("; ", told) : "the packages could not be restored, and the restore gave no reason";
    }

    private static string Tell((string Code, string Text) error, string nearest) => error.Code switch
    {
        "NU1101" => $"{Name(error.Text)}: no source has a package of this name",
        "NU1102" or "NU1103" or "NU1603" => $"{Name(error.Text)}: no source has this version{nearest}",
        "NU1301" => "a source of packages cannot be reached: is there a network, and is the source's name right?",
        "NU1202" => $"{Name(error.Text)}: it does not fit this version of .NET",
        "NU1107" or "NU1605" => $"the packages ask for versions of {Name(error.Text)} that do not go together",
        _ => $"{error.Text} ({error.Code})",
    };

    // The sentences name the package after one of a few words.
    private static string Name(string text) => PackageName().Match(text) is { Success: true } match ? match.Groups[1].Value : "a package";

    [GeneratedRegex(@"error (NU\d+|MSB\d+|NETSDK\d+): (.*?)(?: \[[^\]]*proj\])?\s*$")]
    private static partial Regex Error();

    [GeneratedRegex(@"Nearest version: ([^ \]]+)")]
    private static partial Regex Nearest();

    [GeneratedRegex(@"(?:[Pp]ackage |downgrade: |depends on |detected for )'?([A-Za-z0-9_]+(?:[._-][A-Za-z0-9_]+)*)")]
    private static partial Regex PackageName();
}
