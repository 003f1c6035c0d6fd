using System.Text;
using System.Text.Json;
using Caseload.Frames;
using Caseload.Notebooks.Kernel.Wire;

namespace Caseload.Notebooks.Kernel.Messages;

/// <summary>What a Jupyter client tells the kernel that it starts: where to listen and how messages are signed.</summary>
/// <param name="Transport"><c>tcp</c> or <c>ipc</c>.</param>
/// <param name="Ip">The address; nothing else is listened on.</param>
/// <param name="Ports">The port of each channel.</param>
/// <param name="Key">The key of the signatures; empty where messages are not signed.</param>
internal sealed record ConnectionFile(string Transport, string Ip, ChannelPorts Ports, byte[] Key)
{
    private const int MostBytes = 1 << 20;

    /// <summary>Reads a connection file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ProblemException">Unreadable: the file is missing or holds something else.</exception>
    public static ConnectionFile Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes) throw Problem(path, "a file of more than a megabyte");
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(path, document.RootElement);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Problem(path, e is JsonException ? "a file that is no JSON" : e.Message);
        }
    }

    /// <summary>Where a channel listens.</summary>
    /// <param name="port">The channel's port.</param>
    public WireAddress Address(int port) => WireAddress.Of(Transport, Ip, port);

    private static ConnectionFile Read(string path, JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Object) throw Problem(path, "a file that holds no JSON object");
        var scheme = Text("signature_scheme", "hmac-sha256");
        if (scheme is not ("hmac-sha256" or "")) throw Problem(path, "a signature_scheme other than hmac-sha256");
        var ports = new ChannelPorts(Port("shell_port"), Port("iopub_port"), Port("stdin_port"), Port("control_port"), Port("hb_port"));
        return new(Text("transport", "tcp"), Text("ip", "127.0.0.1"), ports, Encoding.UTF8.GetBytes(Text("key", "")));

        string Text(string name, string usual) => !file.TryGetProperty(name, out var value) ? usual
            : value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Problem(path, $"{name} that is no text");

        int Port(string name) => file.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var port) && port is > 0 and <= ushort.MaxValue
            ? port : throw Problem(path, $"no {name} from 1 to 65535");
    }

    private static ProblemException Problem(string path, string found) => new(new(ProblemKind.Unreadable, "the connection file: " + found,
        "the JSON that a Jupyter client writes: transport, ip, five ports, key and signature_scheme", path,
        "Let a Jupyter client start the kernel, or give the file that one wrote."));
}

/// <summary>The ports of a kernel.</summary>
/// <param name="Shell">Requests.</param>
/// <param name="Iopub">What all clients are told.</param>
/// <param name="Stdin">Questions to the person.</param>
/// <param name="Control">Requests that do not wait for cells.</param>
/// <param name="Heartbeat">Says that the kernel lives.</param>
internal sealed record ChannelPorts(int Shell, int Iopub, int Stdin, int Control, int Heartbeat);
