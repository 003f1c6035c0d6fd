using Caseload.Notebooks.Kernel.Messages;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Answers <c>is_complete_request</c>: a console asks whether the Enter key runs the text or starts a line.</summary>
/// <param name="session">Knows the language.</param>
internal sealed class IsCompleteHandler(KernelSession session)
{
    private const int IndentWidth = 4;

    /// <summary>Answers.</summary>
    /// <param name="request">The request.</param>
    public void Handle(KernelRequest request)
    {
        var code = request.Content.Text("code") ?? "";
        var completeness = session.Value.IsComplete(code);
        request.Reply(
            completeness switch
            {
                Completeness.Complete => "complete",
                Completeness.Incomplete => "incomplete",
                _ => "invalid",
            },
            writer =>
            {
                if (completeness == Completeness.Incomplete) writer.WriteString("indent", NextIndent(code));
            });
    }

    /// <summary>The blanks with which the next line begins: those of the last one, and more after an opening bracket.</summary>
    /// <param name="code">The text so far.</param>
    public static string NextIndent(string code)
    {
        var line = code.TrimEnd('\r', '\n').Split('\n')[^1].TrimEnd();
        var indent = line[..^line.TrimStart().Length];
        return line.Length > 0 && line[^1] is '{' or '(' or '[' ? indent + new string(' ', IndentWidth) : indent;
    }
}
