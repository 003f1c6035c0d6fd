using System.Net.Sockets;
using System.Text;
using Caseload.Notebooks.Kernel.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Notebooks.Tests.Kernel;

/// <summary>Whatever one connection brings, it alone is closed.</summary>
public sealed class WireTests : IClassFixture<WireTests.SmallKernel>, IDisposable
{
    private const int MostBytes = 1 << 16;

    private readonly RunningKernel kernel;
    private readonly JupyterTestClient client;

    public WireTests(SmallKernel fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        kernel = fixture.Kernel;
        client = kernel.Connect();
    }

    public void Dispose() => client.Dispose();

    public static TheoryData<string, byte[]> Nonsense => new()
    {
        { "nothing", [] },
        { "a web browser", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n" + new string('\n', 64)) },
        { "zeros", new byte[200] },
        { "half a greeting", ZmtpClient.Greeting(3, 0, "NULL")[..30] },
        { "ZMTP 2", ZmtpClient.Greeting(2, 0, "NULL") },
        { "encryption", ZmtpClient.Greeting(3, 0, "CURVE") },
        { "no READY", [.. ZmtpClient.Greeting(3, 0, "NULL"), 0, 1, 65] },
        { "another command", [.. ZmtpClient.Greeting(3, 0, "NULL"), 4, 5, 4, 80, 73, 78, 71] },
        { "a READY cut short", [.. ZmtpClient.Greeting(3, 0, "NULL"), 4, 9, 5, 82, 69, 65, 68, 89, 11, 83, 111] },
        {
            "a property longer than its frame",
            [.. ZmtpClient.Greeting(3, 0, "NULL"), 4, 12, 5, 82, 69, 65, 68, 89, 1, 83, 255, 255, 255, 255]
        },
        { "a command without a name", [.. ZmtpClient.Greeting(3, 0, "NULL"), 4, 0] },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void A_peer_that_does_not_greet_is_closed(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        using var peer = new ZmtpClient(kernel.Ports.Shell);
        peer.Raw(bytes);
        Assert.True(peer.IsClosed());
        AssertAlive();
    }

    [Fact]
    public void A_peer_of_a_type_that_does_not_fit_is_told_so_and_closed()
    {
        using var peer = ZmtpClient.Connect(kernel.Ports.Shell, "SUB");
        var (flags, body) = peer.ReadFrame();
        Assert.Equal((4, "ERROR"), (flags, Encoding.ASCII.GetString(body, 1, 5)));
        Assert.True(peer.IsClosed());
    }

    [Theory]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 1, 0, 1 })]
    [InlineData(new byte[] { 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 3, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 8, 1, 0 })]
    [InlineData(new byte[] { 5, 1, 0 })]
    public void A_frame_too_long_or_with_unknown_flags_closes_its_peer(byte[] frame)
    {
        using var peer = ZmtpClient.Connect(kernel.Ports.Shell, "DEALER");
        peer.Raw(frame);
        Assert.True(peer.IsClosed());
        AssertAlive();
    }

    [Fact]
    public void Frames_that_are_too_long_together_or_too_many_close_their_peer()
    {
        using var longer = ZmtpClient.Connect(kernel.Ports.Shell, "DEALER");
        longer.Frame(1, new byte[MostBytes - 1]);
        longer.Frame(1, new byte[2]);
        Assert.True(longer.IsClosed());
        using var more = ZmtpClient.Connect(kernel.Ports.Shell, "DEALER");
        more.Raw([.. Enumerable.Repeat<byte[]>([1, 0], 4096).SelectMany(f => f)]);
        Assert.True(more.IsClosed());
        AssertAlive();
    }

    [Fact]
    public void A_peer_that_leaves_within_a_message_runs_nothing()
    {
        var bytes = Encoding.ASCII.GetBytes("<IDS|MSG>");
        for (var kept = 1; kept <= 11; kept += 2)
        {
            using var peer = ZmtpClient.Connect(kernel.Ports.Shell, "DEALER");
            peer.Raw([.. new byte[] { 1, 9 }.Concat(bytes).Take(kept)]);
        }

        AssertAlive();
    }

    [Fact]
    public void A_message_may_come_byte_by_byte()
    {
        using var peer = ZmtpClient.Connect(kernel.Ports.Heartbeat, "REQ");
        foreach (var b in new byte[] { 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 7, 8, 9 }) peer.Raw([b]);
        Assert.Equal([[], [7, 8, 9]], peer.Receive());
    }

    [Fact]
    public void Random_bytes_after_a_greeting_or_in_its_place_leave_the_kernel_alive()
    {
        var bytes = ArbMap.Default.GeneratorFor<byte>().NonEmptyListOf().Select(b => b.ToArray());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20110401, 4711), Prop.ForAll(bytes.ToArbitrary(), noise =>
        {
            int[] ports = [kernel.Ports.Shell, kernel.Ports.Control, kernel.Ports.Stdin, kernel.Ports.Iopub, kernel.Ports.Heartbeat];
            try
            {
                using var peer = noise[0] % 3 == 0 ? new ZmtpClient(ports[noise.Length % 5])
                    : ZmtpClient.Connect(ports[noise.Length % 5], (noise.Length % 5) switch { 3 => "SUB", 4 => "REQ", _ => "DEALER" });
                peer.Raw(noise);
            }
            catch (IOException)
            {
                // The kernel closed the connection while the noise was still being sent.
            }
        }));
        AssertAlive();
    }

    [Fact]
    public void A_peer_of_version_3_1_is_greeted_and_its_ping_answered()
    {
        using var peer = ZmtpClient.Connect(kernel.Ports.Iopub, "SUB", minor: 1);
        peer.Command("PING", [0, 1, 65, 66]);
        Assert.Equal((4, "\u0004PONGAB"), Decode(peer.ReadFrame()));
        peer.Command("SUBSCRIBE", "kernel."u8.ToArray());
        Pass(peer);
        client.Ask("kernel_info_request");
        Assert.StartsWith("kernel.", Encoding.ASCII.GetString(peer.Receive()[0]), StringComparison.Ordinal);
        Assert.Contains("idle", Encoding.UTF8.GetString(peer.Receive()[^1]), StringComparison.Ordinal);
        peer.Command("CANCEL", "kernel."u8.ToArray());
        Pass(peer);
        client.Ask("kernel_info_request");
        Pass(peer);

        static (int, string) Decode((int Flags, byte[] Body) frame) => (frame.Flags, Encoding.ASCII.GetString(frame.Body));
    }

    [Fact]
    public void A_subscriber_hears_its_topics_until_it_ends_them()
    {
        using var peer = ZmtpClient.Connect(kernel.Ports.Iopub, "SUB");
        peer.Send([1, .. "other"u8]);
        peer.Send([1, .. "kernel."u8]);
        Pass(peer);
        client.Ask("kernel_info_request");
        Assert.Equal(7, peer.Receive().Length);
        Assert.Equal(7, peer.Receive().Length);
        peer.Send([0, .. "kernel."u8]);
        Pass(peer);
        client.Ask("kernel_info_request");
        Pass(peer);
    }

    [Fact]
    public void A_client_that_comes_again_under_its_name_takes_the_name_over()
    {
        using var before = ZmtpClient.Connect(kernel.Ports.Shell, "DEALER", "same");
        using var after = ZmtpClient.Connect(kernel.Ports.Shell, "DEALER", "same");
        Assert.True(before.IsClosed());
        after.Send(client.Frames("takeover", "kernel_info_request", "{}"));
        Assert.Equal("kernel_info_reply", client.Receive(after).Type);
    }

    [Fact]
    public void A_REQ_peer_gets_its_empty_frame_back()
    {
        using var peer = ZmtpClient.Connect(kernel.Ports.Shell, "REQ");
        peer.Send([[], .. client.Frames("req", "kernel_info_request", "{}")]);
        var frames = peer.Receive();
        Assert.Empty(frames[0]);
        Assert.Equal("<IDS|MSG>"u8.ToArray(), frames[1]);
    }

    [Fact]
    public void A_subscriber_that_does_not_read_is_closed_and_stalls_nobody()
    {
        using var slow = ZmtpClient.Connect(kernel.Ports.Iopub, "SUB");
        slow.Send([1]);
        Pass(slow);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(1_000_000, client.Execute("Console.Write(new string('x', 1_000_000));").Stream("stdout").Length);
        }

        Assert.True(slow.IsClosed());
        AssertAlive();
    }

    [Fact]
    public void A_successor_listens_at_once_where_its_predecessor_had_connections()
    {
        var port = RunningKernel.FreePorts().Shell;
        for (var i = 0; i < 3; i++)
        {
            using var server = new WireServer(WireRole.Reply, WireAddress.Of("tcp", "127.0.0.1", port), new WireLimits(), _ => { });
            server.Start();
            using var peer = ZmtpClient.Connect(port, "REQ");
            peer.Send([], [5]);
            Assert.Equal([[], [5]], peer.Receive());
        }
    }

    [Fact]
    public void Unix_sockets_serve_as_TCP_does()
    {
        using var folder = new TemporaryFolder();
        var address = WireAddress.Of("ipc", folder.File("k"), 1);
        using (var server = new WireServer(WireRole.Reply, address, new WireLimits(), _ => { }))
        {
            server.Start();
            using var peer = new ZmtpClient(new UnixDomainSocketEndPoint(folder.File("k-1")));
            peer.Greet("REQ");
            peer.Send([], [5]);
            Assert.Equal([[], [5]], peer.Receive());
        }

        Assert.False(File.Exists(folder.File("k-1")));
    }

    // A publisher answers a ping in turn: what was sent before is dealt with by then, and what was told before is read.
    private static void Pass(ZmtpClient peer)
    {
        peer.Command("PING", [0, 0]);
        Assert.Equal(4, peer.ReadFrame().Flags);
    }

    private void AssertAlive() => Assert.Equal("ok", client.Ask("kernel_info_request").Status);

    public sealed class SmallKernel : IDisposable
    {
        public RunningKernel Kernel { get; } = new(
            new WireLimits { MessageBytes = MostBytes, QueuedBytes = 4 << 20, Handshake = TimeSpan.FromSeconds(1) }, "a key");

        public void Dispose() => Kernel.Dispose();
    }
}
