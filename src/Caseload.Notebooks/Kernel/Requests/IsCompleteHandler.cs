using Caseload.Notebooks.Kernel.Messages;
using Caseload.Notebooks.Session.Assistance;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Answers <c>is_complete_request</c>: a console asks whether the Enter key runs the text or starts a line.</summary>
/// <param name="session">Knows the language.</param>
internal sealed class IsCompleteHandler(KernelSession session)
{
    /// <summary>Answers.</summary>
    /// <param name="request">The request.</param>
    public void Handle(KernelRequest request)
    {
        var code = request.Content.Text("code") ?? "";
        var completeness = session.Value.IsComplete(code);
        request.Reply(
            completeness.Status switch
            {
                CompletenessStatus.Complete => "complete",
                CompletenessStatus.Incomplete => "incomplete",
                _ => "invalid",
            },
            writer =>
            {
                if (completeness.Status == CompletenessStatus.Incomplete) writer.WriteString("indent", completeness.Indent);
            });
    }
}
