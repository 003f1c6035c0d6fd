using Caseload.Notebooks.Kernel.Messages;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Answers what front ends ask of comms, the channels of widgets. There are none here.</summary>
internal static class CommHandler
{
    /// <summary>Answers <c>comm_info_request</c>: no comms.</summary>
    /// <param name="request">The request.</param>
    public static void Info(KernelRequest request) => request.ReplyOk(writer =>
    {
        writer.WriteStartObject("comms");
        writer.WriteEndObject();
    });

    /// <summary>Closes a comm that a front end opens: no target is known.</summary>
    /// <param name="request">The message.</param>
    public static void Open(KernelRequest request)
    {
        if (request.Content.Text("comm_id") is not { } id) return;
        request.Publish("comm_close", writer =>
        {
            writer.WriteString("comm_id", id);
            writer.WriteStartObject("data");
            writer.WriteEndObject();
        });
    }

    /// <summary>Passes over a message to a comm that is not there.</summary>
    /// <param name="request">The message.</param>
    public static void Ignore(KernelRequest request)
    {
    }
}
