using System.Text.Json;
using Caseload.Notebooks.Kernel.Messages;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Answers <c>shutdown_request</c>; the kernel's owner ends it.</summary>
internal static class ShutdownHandler
{
    /// <summary>Answers, and tells all other clients with the same words.</summary>
    /// <param name="request">The request.</param>
    public static void Handle(KernelRequest request)
    {
        var restart = request.Content.Flag("restart", usual: false);
        request.ReplyOk(Write);
        request.Publish("shutdown_reply", writer =>
        {
            writer.WriteString("status", "ok");
            Write(writer);
        });
        request.End();

        void Write(Utf8JsonWriter writer) => writer.WriteBoolean("restart", restart);
    }
}
