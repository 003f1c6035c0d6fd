using Caseload.Notebooks.Kernel.Messages;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Answers <c>debug_request</c>: there is no debugger, and <c>kernel_info_reply</c> says so.</summary>
internal static class DebugHandler
{
    private const string Message = "this kernel has no debugger";

    /// <summary>Answers in the words of the Debug Adapter Protocol that the request failed.</summary>
    /// <param name="request">The request.</param>
    public static void Handle(KernelRequest request) => request.ReplyError(KernelError.Of("NotSupported", Message), writer =>
    {
        writer.WriteNumber("seq", 0);
        writer.WriteString("type", "response");
        writer.WriteNumber("request_seq", request.Content.Number("seq") ?? 0);
        writer.WriteBoolean("success", false);
        writer.WriteString("command", request.Content.Text("command") ?? "");
        writer.WriteString("message", Message);
    });
}
