using Caseload.Notebooks.Kernel.Messages;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Answers <c>complete_request</c>.</summary>
/// <param name="session">Knows what could stand in a cell.</param>
internal sealed class CompleteHandler(KernelSession session)
{
    /// <summary>Answers with all that could stand at the cursor.</summary>
    /// <param name="request">The request.</param>
    public void Handle(KernelRequest request)
    {
        var code = request.Content.Text("code") ?? "";
        var list = session.Value.Complete(code, CodePoints.ToUtf16(code, request.Content.Number("cursor_pos")));
        var (start, end) = (CodePoints.FromUtf16(code, list.Start), CodePoints.FromUtf16(code, list.End));
        request.ReplyOk(writer =>
        {
            writer.WriteStartArray("matches");
            foreach (var item in list.Items) writer.WriteStringValue(item.Text);
            writer.WriteEndArray();
            writer.WriteNumber("cursor_start", start);
            writer.WriteNumber("cursor_end", end);
            writer.WriteStartObject("metadata");
            writer.WriteStartArray("_jupyter_types_experimental");
            foreach (var item in list.Items)
            {
                writer.WriteStartObject();
                writer.WriteNumber("start", start);
                writer.WriteNumber("end", end);
                writer.WriteString("text", item.Text);
                writer.WriteString("type", item.Kind);
                writer.WriteString("signature", item.Signature);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
