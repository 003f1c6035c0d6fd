using System.Text;

namespace Caseload.Notebooks.Session.Displays;

/// <summary>The end of a text, from its last line break on: what a program asks before it reads an answer.</summary>
internal sealed class UnfinishedLine
{
    // A longer line is no question.
    private const int MostCharacters = 1000;

    private readonly StringBuilder line = new();

    /// <summary>Adds text.</summary>
    /// <param name="text">The text.</param>
    public void Add(ReadOnlySpan<char> text)
    {
        var end = text.LastIndexOf('\n');
        if (end >= 0) line.Clear();
        line.Append(text[(end + 1)..]);
        if (line.Length > MostCharacters) line.Remove(0, line.Length - MostCharacters);
    }

    /// <summary>The line; after that it is empty.</summary>
    public string Take()
    {
        var text = line.ToString();
        line.Clear();
        return text;
    }
}
