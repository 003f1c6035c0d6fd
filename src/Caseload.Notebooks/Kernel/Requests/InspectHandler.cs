using Caseload.Notebooks.Kernel.Messages;
using Caseload.Notebooks.Session.Assistance;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Answers <c>inspect_request</c>. The second level of detail tells more of the documentation.</summary>
/// <param name="session">Knows the names in a cell.</param>
internal sealed class InspectHandler(KernelSession session)
{
    /// <summary>Answers with what is known of the name at the cursor.</summary>
    /// <param name="request">The request.</param>
    public void Handle(KernelRequest request)
    {
        var code = request.Content.Text("code") ?? "";
        var detail = request.Content.Number("detail_level") > 0 ? InspectionDetail.Full : InspectionDetail.Short;
        var found = session.Value.Inspect(code, CodePoints.ToUtf16(code, request.Content.Number("cursor_pos")), detail);
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
