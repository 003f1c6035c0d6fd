using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Caseload.Frames;

namespace Caseload.Notebooks.Documents.Pages;

/// <summary>
/// A script that a page may run: plotly.js, or the page's own. It stands in the page, and the page's content security policy names it
/// by its hash, so that no other script runs whatever an output holds.
/// </summary>
public sealed partial class ChartScript
{
    private ChartScript(string script)
    {
        // What would end the element, or open a comment in it, can only occur in strings, comments and regular expressions of JavaScript,
        // where a backslash before the sign changes nothing. A browser reads line ends as line feeds before it takes the hash.
        Text = Hazard().Replace(script.ReplaceLineEndings("\n"), "<\\");
        Source = "'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text))) + "'";
    }

    /// <summary>The text as it stands in the element.</summary>
    internal string Text { get; }

    /// <summary>The script's source expression for a content security policy.</summary>
    internal string Source { get; }

    /// <summary>A script of a text.</summary>
    /// <param name="script">The text.</param>
    public static ChartScript Of(string script)
    {
        ArgumentNullException.ThrowIfNull(script);
        return new ChartScript(script);
    }

    /// <summary>A script of a file.</summary>
    /// <param name="path">The file, such as <c>plotly.min.js</c>.</param>
    /// <exception cref="ProblemException">Unreadable: the file cannot be read.</exception>
    public static ChartScript Read(string path)
    {
        try
        {
            return new ChartScript(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem(
                ProblemKind.Unreadable, "the chart script could not be read: " + e.Message, "plotly.min.js", path,
                "Build again where npm is present, or write pages without it: every chart is in them as a picture."), e);
        }
    }

    [GeneratedRegex("<(?=/script|!--)", RegexOptions.IgnoreCase)]
    private static partial Regex Hazard();
}
