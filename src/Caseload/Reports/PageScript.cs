using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Caseload.Reports;

/// <summary>Makes a script fit to stand in a page.</summary>
internal static partial class PageScript
{
    /// <summary>
    /// The script with what would end its element, or open a comment in it, escaped. Both can only occur in strings, comments and regular
    /// expressions of JavaScript, where a backslash before the sign changes nothing. Line ends become line feeds, as a browser reads them.
    /// </summary>
    public static string Embeddable(string script) =>
        Hazard().Replace(script.ReplaceLineEndings("\n"), "<\\");

    /// <summary>The script's source expression for a content security policy.</summary>
    public static string Hash(string script) => "'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script))) + "'";

    [GeneratedRegex("<(?=/script|!--)", RegexOptions.IgnoreCase)]
    private static partial Regex Hazard();
}
