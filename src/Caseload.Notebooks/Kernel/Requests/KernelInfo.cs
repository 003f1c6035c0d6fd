using Caseload.Notebooks.Kernel.Messages;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Says what the kernel is.</summary>
/// <param name="version">Its version.</param>
internal sealed class KernelInfo(string version)
{
    /// <summary>The version of C# that cells are written in. A constant:
    /// asking the compiler would load it before the first answer.</summary>
    public const string LanguageVersion = "15.0";

    /// <summary>Answers <c>kernel_info_request</c>.</summary>
    /// <param name="request">The request.</param>
    public void Handle(KernelRequest request) => request.ReplyOk(writer =>
    {
        writer.WriteString("protocol_version", MessageCodec.ProtocolVersion);
        writer.WriteString("implementation", "caseload");
        writer.WriteString("implementation_version", version);
        writer.WriteStartObject("language_info");
        writer.WriteString("name", "C#");
        writer.WriteString("version", LanguageVersion);
        writer.WriteString("mimetype", "text/x-csharp");
        writer.WriteString("file_extension", ".cs");
        writer.WriteString("pygments_lexer", "csharp");
        writer.WriteEndObject();
        writer.WriteString("banner", $"Caseload {version}: C# {LanguageVersion} on .NET {Environment.Version}");
        writer.WriteBoolean("debugger", false);
        writer.WriteStartArray("help_links");
        WriteLink("C# language reference", "https://learn.microsoft.com/dotnet/csharp/");
        WriteLink(".NET library reference", "https://learn.microsoft.com/dotnet/api/");
        writer.WriteEndArray();

        void WriteLink(string text, string url)
        {
            writer.WriteStartObject();
            writer.WriteString("text", text);
            writer.WriteString("url", url);
            writer.WriteEndObject();
        }
    });
}
