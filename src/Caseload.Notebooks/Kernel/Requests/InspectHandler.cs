using Caseload.Notebooks.Kernel.Messages;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Answers <c>inspect_request</c>. Both levels of detail get all that is known: sources are not kept for most names.</summary>
/// <param name="session">Knows the names in a cell.</param>
internal sealed class InspectHandler(KernelSession session)
{
    /// <summary>Answers with what is known of the name at the cursor.</summary>
    /// <param name="request">The request.</param>
    public void Handle(KernelRequest request)
    {
        var code = request.Content.Text("code") ?? "";
        var found = session.Value.Inspect(code, CodePoints.ToUtf16(code, request.Content.Number("cursor_pos")));
        request.ReplyOk(writer =>
        {
            writer.WriteBoolean("found", found is not null);
            writer.WriteStartObject("data");
            if (found is not null)
            {
                writer.WriteString("text/plain", found.Text);
                writer.WriteString("text/markdown", found.Markdown);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("metadata");
            writer.WriteEndObject();
        });
    }
}
