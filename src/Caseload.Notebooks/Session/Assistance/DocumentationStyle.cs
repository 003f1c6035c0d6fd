using System.Text;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>How documentation is marked up.</summary>
/// <param name="Code">The marks around code in a sentence.</param>
/// <param name="Fence">The line before and after a block of code; empty for none.</param>
/// <param name="Heading">The marks around a heading.</param>
/// <param name="Escaped">The characters that need a stroke before them.</param>
internal sealed record DocumentationStyle(string Code, string Fence, string Heading, string Escaped)
{
    /// <summary>For a terminal.</summary>
    public static DocumentationStyle Plain { get; } = new("", "", "", "");

    /// <summary>For a front end that draws Markdown.</summary>
    public static DocumentationStyle Markdown { get; } = new("`", "```", "**", "\\`*_<[");

    /// <summary>Text that is to be read as it stands.</summary>
    /// <param name="text">The text.</param>
    public string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Escaped.Contains(c, StringComparison.Ordinal)) escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>Code within a sentence.</summary>
    /// <param name="code">The code.</param>
    public string Mark(string code) => Code + code.Trim() + Code;

    /// <summary>A block of code.</summary>
    /// <param name="code">The code.</param>
    public string Block(string code) => Fence.Length == 0 ? code : $"{Fence}csharp\n{code}\n{Fence}";

    /// <summary>A heading.</summary>
    /// <param name="text">What it says.</param>
    public string Head(string text) => Heading + text + Heading;
}
