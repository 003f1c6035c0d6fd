using System.Text.RegularExpressions;

namespace Caseload.Notebooks.Session.Packages;

/// <summary>A package that a cell asks for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; null for the newest that the sources have.</param>
internal sealed partial record PackageRequest(string Name, string? Version)
{
    private const string Scheme = "nuget:";

    /// <summary>Whether the text of a directive speaks of packages and not of a file.</summary>
    /// <param name="argument">What stands between the quotes.</param>
    public static bool IsOfPackages(string argument) => argument.TrimStart().StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>What follows <c>nuget:</c>.</summary>
    /// <param name="argument">What stands between the quotes.</param>
    public static string Rest(string argument) => argument.TrimStart()[Scheme.Length..].Trim();

    /// <summary>Reads what stands between the quotes of a directive.</summary>
    /// <param name="argument">A text such as <c>nuget: Some.Package, 1.2.3</c>.</param>
    /// <returns>The request, or what is wrong with the text.</returns>
    public static (PackageRequest? Request, string? Wrong) Read(string argument)
    {
        const string Form = "write #r \"nuget: Name, 1.2.3\", or the name alone for the newest version";
        var parts = Rest(argument).Split(',', StringSplitOptions.TrimEntries);
        if (!NameForm().IsMatch(parts[0])) return (null, $"'{parts[0]}' is no name of a package: {Form}");
        if (parts.Length == 1 || parts is [_, ""]) return (new(parts[0], null), null);
        return parts.Length == 2 && VersionForm().IsMatch(parts[1])
            ? (new(parts[0], parts[1]), null)
            : (null, $"'{string.Join(", ", parts[1..])}' is no version: {Form}");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_]+([._-][A-Za-z0-9_]+)*$")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^(\*|\*-\*|\d+(\.\d+){0,3}(\.\*)?(-[0-9A-Za-z.*-]+)?(\+[0-9A-Za-z.-]+)?)$")]
    private static partial Regex VersionForm();
}
