using System.Text;
using Caseload.Notebooks.Kernel.Wire;

namespace Caseload.Notebooks.Tests.Kernel;

public sealed class SecurityTests(RunningKernel kernel) : IClassFixture<RunningKernel>, IDisposable
{
    private readonly JupyterTestClient client = kernel.Connect();

    public void Dispose() => client.Dispose();

    [Fact]
    public void A_wrong_signature_runs_nothing()
    {
        var frames = Cell("forged");
        frames[1] = Encoding.ASCII.GetBytes(new string('0', 64));
        AssertDropped(frames);
        frames = Cell("empty");
        frames[1] = [];
        AssertDropped(frames);
        frames = Cell("changed");
        frames[5] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(frames[5]).Replace("7", "8", StringComparison.Ordinal));
        AssertDropped(frames);
        frames = Cell("upper");
        frames[1] = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(frames[1]).ToUpperInvariant() + "\0");
        AssertDropped(frames);
    }

    [Fact]
    public void A_message_that_is_sent_again_runs_once()
    {
        client.Execute("var runs = 0;");
        var frames = client.Frames("again", "execute_request", JupyterTestClient.ExecuteContent("runs++;"));
        client.Shell.Send(frames);
        client.Reply(client.Shell, "again");
        AssertDropped(frames);
        Assert.Equal("1", client.Execute("runs").Result);
    }

    [Theory]
    [InlineData(2, "{")]
    [InlineData(2, "[]")]
    [InlineData(2, "{\"msg_id\":1,\"msg_type\":\"execute_request\"}")]
    [InlineData(2, "{\"msg_id\":\"x\",\"msg_type\":\"\"}")]
    [InlineData(2, "{\"msg_id\":\"\\ud800\",\"msg_type\":\"execute_request\"}")]
    [InlineData(2, "{\"msg_\\ud800\":\"\",\"msg_id\":\"x\"}")]
    [InlineData(3, "nonsense")]
    [InlineData(4, "{\"a\":}")]
    [InlineData(5, "")]
    [InlineData(5, "\"text\"")]
    [InlineData(5, "{\"code\":\"System.Environment.Exit(1)\"")]
    public void Malformed_JSON_that_is_signed_is_dropped(int place, string text)
    {
        var frames = Cell("malformed");
        frames[place] = Encoding.UTF8.GetBytes(text);
        frames[1] = client.Sign(frames[2..6]);
        AssertDropped(frames);
    }

    [Fact]
    public void A_message_without_delimiter_or_with_frames_missing_is_dropped()
    {
        AssertDropped(Cell("a")[1..]);
        AssertDropped(Cell("b")[..5]);
        AssertDropped([[]]);
        AssertDropped(["<IDS|MSG>"u8.ToArray()]);
    }

    [Fact]
    public void JSON_too_deep_to_read_is_dropped()
    {
        var frames = Cell("deep");
        frames[5] = Encoding.UTF8.GetBytes("{\"code\":" + new string('[', 5000) + new string(']', 5000) + "}");
        frames[1] = client.Sign(frames[2..6]);
        AssertDropped(frames);
    }

    [Fact]
    public void Without_a_key_messages_are_not_signed()
    {
        using var open = new RunningKernel(new WireLimits(), "");
        using var anyone = open.Connect();
        Assert.Equal("4", anyone.Execute("2 + 2").Result);
    }

    [Fact]
    public void The_kernel_listens_on_the_files_address_alone()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("127.0.0.2 is an address of this machine on Linux alone");
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        Assert.Throws<System.Net.Sockets.SocketException>(() => socket.Connect("127.0.0.2", kernel.Ports.Shell));
    }

    private byte[][] Cell(string id) =>
        client.Frames(id + kernel.Kernel.DroppedMessages, "execute_request", JupyterTestClient.ExecuteContent("Console.Write(7);"));

    // Dropped means: counted, nothing told of it and nothing run, and what comes after is served.
    private void AssertDropped(byte[][] frames)
    {
        var before = kernel.Kernel.DroppedMessages;
        var count = client.Execute("0").Reply.Number("execution_count");
        client.Shell.Send(frames);
        Assert.Equal(count + 1, client.Execute("0").Reply.Number("execution_count"));
        Assert.Equal(before + 1, kernel.Kernel.DroppedMessages);
    }
}
