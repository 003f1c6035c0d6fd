using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Caseload.Notebooks.Kernel.Wire;

namespace Caseload.Notebooks.Kernel.Messages;

/// <summary>
/// Turns frames into messages and back: identities, the delimiter, a signature, then header, parent header, metadata and content as
/// JSON, then buffers. What is not signed with the key never becomes a message. Safe from several threads.
/// </summary>
internal sealed class MessageCodec
{
    /// <summary>The version of the messaging protocol.</summary>
    public const string ProtocolVersion = "5.3";

    private const int SignedFrames = 4;

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] key;
    private readonly TimeProvider clock;
    private readonly SignatureMemory seen = new();
    private readonly string session = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private long sent;
    private long dropped;

    /// <summary>Starts with no message seen.</summary>
    /// <param name="key">The key; empty where messages are not signed.</param>
    /// <param name="clock">Dates what is sent.</param>
    public MessageCodec(byte[] key, TimeProvider clock) => (this.key, this.clock) = (key, clock);

    /// <summary>The name of the kernel's session, which its messages carry.</summary>
    public string Session => session;

    /// <summary>How many messages were dropped: a wrong or repeated signature, no delimiter, no JSON.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    private static ReadOnlySpan<byte> Delimiter => "<IDS|MSG>"u8;

    /// <summary>Reads a message.</summary>
    /// <param name="wire">What came in.</param>
    /// <returns>The message; null where it is dropped.</returns>
    public JupyterMessage? Decode(WireMessage wire)
    {
        var message = TryDecode(wire);
        if (message is null) Interlocked.Increment(ref dropped);
        return message;
    }

    /// <summary>Makes the frames of a message.</summary>
    /// <param name="identities">The frames before the delimiter.</param>
    /// <param name="message">The message.</param>
    public byte[][] Encode(IReadOnlyList<byte[]> identities, OutgoingMessage message)
    {
        byte[] header = Json(writer => WriteHeader(writer, message.Type));
        byte[][] signed = [header, message.Parent?.Raw ?? "{}"u8.ToArray(), "{}"u8.ToArray(), Json(message.Content)];
        return [.. identities, Delimiter.ToArray(), Sign(signed), .. signed];
    }

    private JupyterMessage? TryDecode(WireMessage wire)
    {
        var frames = wire.Frames;
        var delimiter = Array.FindIndex(frames, f => f.AsSpan().SequenceEqual(Delimiter));
        var first = delimiter + 2;
        if (delimiter < 0 || frames.Length < first + SignedFrames) return null;
        var signed = frames[first..(first + SignedFrames)];
        if (key.Length > 0 && !IsSigned(frames[delimiter + 1], signed)) return null;
        try
        {
            if (MessageHeader.Parse(signed[0]) is not { } header) return null;
            var parent = JsonDocument.Parse(signed[1]).RootElement;
            using var metadata = JsonDocument.Parse(signed[2]);
            var content = JsonDocument.Parse(signed[3]).RootElement;
            if (content.ValueKind != JsonValueKind.Object) return null;
            return new(wire.Peer, frames[..delimiter], header, parent.Text("msg_id"), content, frames[(first + SignedFrames)..]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is thrown by names and texts that are valid JSON and no valid Unicode.
            return null;
        }
    }

    private bool IsSigned(byte[] signature, byte[][] signed) =>
        CryptographicOperations.FixedTimeEquals(signature, Sign(signed)) && seen.TryAdd(Encoding.Latin1.GetString(signature));

    private byte[] Sign(byte[][] signed)
    {
        if (key.Length == 0) return [];
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var frame in signed) hmac.AppendData(frame);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }

    private void WriteHeader(Utf8JsonWriter writer, string type)
    {
        var number = Interlocked.Increment(ref sent);
        writer.WriteString("msg_id", string.Create(CultureInfo.InvariantCulture, $"{session}_{number}"));
        writer.WriteString("session", session);
        writer.WriteString("username", "caseload");
        writer.WriteString("date", clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("msg_type", type);
        writer.WriteString("version", ProtocolVersion);
    }

    private static byte[] Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
