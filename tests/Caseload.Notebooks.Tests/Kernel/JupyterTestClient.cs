using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Caseload.Notebooks.Kernel.Messages;

namespace Caseload.Notebooks.Tests.Kernel;

/// <summary>A message that a client got.</summary>
internal sealed record Received(string Type, JsonNode Header, JsonNode Parent, JsonNode Content)
{
    public string? ParentId => (string?)Parent["msg_id"];

    public string? Text(string member) => (string?)Content[member];

    public int Number(string member) => (int)Content[member]!;
}

/// <summary>A request's answer and what all clients were told of it, from busy to idle.</summary>
internal sealed record Exchange(Received Reply, IReadOnlyList<Received> Told)
{
    public string Status => Reply.Text("status")!;

    /// <summary>What was told between busy and idle.</summary>
    public IEnumerable<string> Types => Told.Skip(1).SkipLast(1).Select(m => m.Type);

    public Received One(string type) => Told.Single(m => m.Type == type);

    public string? Result => (string?)Told.SingleOrDefault(m => m.Type == "execute_result")?.Content["data"]!["text/plain"];

    public string Stream(string name) =>
        string.Concat(Told.Where(m => m.Type == "stream" && m.Text("name") == name).Select(m => m.Text("text")));
}

/// <summary>A Jupyter client of five connections, as the protocol's text describes it.</summary>
internal sealed class JupyterTestClient : IDisposable
{
    private readonly byte[] key;
    private readonly string session;
    private int sent;

    public JupyterTestClient(ChannelPorts ports, string key, string identity)
    {
        (this.key, session) = (Encoding.UTF8.GetBytes(key), identity);
        Shell = ZmtpClient.Connect(ports.Shell, "DEALER", identity);
        Control = ZmtpClient.Connect(ports.Control, "DEALER", identity);
        Stdin = ZmtpClient.Connect(ports.Stdin, "DEALER", identity);
        Iopub = ZmtpClient.Connect(ports.Iopub, "SUB", identity);
        Iopub.Send([1]);
        WaitUntilSubscribed();
    }

    public ZmtpClient Shell { get; }

    public ZmtpClient Control { get; }

    public ZmtpClient Stdin { get; }

    public ZmtpClient Iopub { get; }

    /// <summary>Sends a request and waits for its answer and for idle.</summary>
    public Exchange Ask(string type, string content = "{}", bool onControl = false)
    {
        var channel = onControl ? Control : Shell;
        var id = Send(channel, type, content);
        return new(Reply(channel, id), Told(id));
    }

    public Exchange Execute(string code, string more = "") => Ask("execute_request", ExecuteContent(code, more));

    public static string ExecuteContent(string code, string more = "") =>
        $$"""{"code":{{JsonValue.Create(code).ToJsonString()}}{{more}}}""";

    /// <summary>Sends a message and waits for nothing.</summary>
    public string Send(ZmtpClient channel, string type, string content, string parent = "{}")
    {
        var id = $"{session}-{++sent}";
        channel.Send(Frames(id, type, content, parent));
        return id;
    }

    /// <summary>The frames of a signed message.</summary>
    public byte[][] Frames(string id, string type, string content, string parent = "{}")
    {
        var header = $$"""
            {"msg_id":"{{id}}","session":"{{session}}","username":"t","date":"2026-01-02T03:04:05.6Z","msg_type":"{{type}}","version":"5.3"}
            """;
        byte[][] parts = [.. new[] { header, parent, "{}", content }.Select(Encoding.UTF8.GetBytes)];
        return ["<IDS|MSG>"u8.ToArray(), Sign(parts), .. parts];
    }

    public byte[] Sign(byte[][] parts) =>
        key.Length == 0 ? []
            : Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, parts.SelectMany(p => p).ToArray())));

    /// <summary>The answer to a request; answers to others are passed over.</summary>
    public Received Reply(ZmtpClient channel, string id)
    {
        while (true)
        {
            var message = Receive(channel);
            if (message.ParentId == id) return message;
        }
    }

    /// <summary>What all clients are told of a request, from busy to idle.</summary>
    public IReadOnlyList<Received> Told(string id)
    {
        var told = new List<Received>();
        while (told.Count == 0 || told[^1].Text("execution_state") != "idle")
        {
            var message = Receive(Iopub);
            if (message.ParentId == id) told.Add(message);
        }

        Assert.Equal("busy", told[0].Text("execution_state"));
        return told;
    }

    /// <summary>The next message of a type on a channel; others are passed over.</summary>
    public Received Next(ZmtpClient channel, string type)
    {
        while (true)
        {
            var message = Receive(channel);
            if (message.Type == type) return message;
        }
    }

    public Received Receive(ZmtpClient channel)
    {
        var frames = channel.Receive();
        var delimiter = Array.FindIndex(frames, f => f.AsSpan().SequenceEqual("<IDS|MSG>"u8));
        Assert.True(delimiter >= 0);
        Assert.Equal(Sign(frames[(delimiter + 2)..(delimiter + 6)]), frames[delimiter + 1]);
        var parts = frames[(delimiter + 2)..].Select(f => JsonNode.Parse(f)!).ToArray();
        Assert.Equal("5.3", (string?)parts[0]["version"]);
        Assert.IsType<JsonObject>(parts[2]);
        return new((string)parts[0]["msg_type"]!, parts[0], parts[1], parts[3]);
    }

    public void Dispose()
    {
        foreach (var channel in new[] { Shell, Control, Stdin, Iopub }) channel.Dispose();
    }

    // A subscription takes effect a moment after it is sent; what was told before is lost to this client.
    private void WaitUntilSubscribed()
    {
        Iopub.Timeout = TimeSpan.FromMilliseconds(200);
        while (true)
        {
            try
            {
                Reply(Control, Send(Control, "kernel_info_request", "{}"));
                while (Next(Iopub, "status").Text("execution_state") != "idle")
                {
                }

                Iopub.Timeout = ZmtpClient.Patience;
                return;
            }
            catch (IOException)
            {
            }
        }
    }
}
