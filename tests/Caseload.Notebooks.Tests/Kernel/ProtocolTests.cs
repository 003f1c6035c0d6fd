using System.Text.Json.Nodes;
using Caseload.Notebooks.Kernel.Requests;
using Microsoft.CodeAnalysis.CSharp;

namespace Caseload.Notebooks.Tests.Kernel;

/// <summary>The rows of docs/kernel-protocol.md, but for those of execution.</summary>
public sealed class ProtocolTests(RunningKernel kernel) : IClassFixture<RunningKernel>, IDisposable
{
    private readonly JupyterTestClient client = kernel.Connect();

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Kernel_info_tells_language_and_protocol_on_shell_and_control(bool onControl)
    {
        var asked = client.Ask("kernel_info_request", onControl: onControl);
        var info = asked.Reply.Content;
        Assert.Equal(("kernel_info_reply", "ok"), (asked.Reply.Type, asked.Status));
        var language = info["language_info"]!;
        Assert.Equal(("5.3", "caseload"), ((string?)info["protocol_version"], (string?)info["implementation"]));
        Assert.Equal("C#|text/x-csharp|.cs|csharp",
            $"{language["name"]}|{language["mimetype"]}|{language["file_extension"]}|{language["pygments_lexer"]}");
        Assert.False((bool)info["debugger"]!);
        Assert.StartsWith("https://", (string?)info["help_links"]![0]!["url"], StringComparison.Ordinal);
        Assert.Empty(asked.Types);
    }

    [Fact]
    public void The_version_of_the_language_is_the_compilers() =>
        Assert.Equal(KernelInfo.LanguageVersion, LanguageVersion.Latest.MapSpecifiedToEffectiveVersion().ToDisplayString());

    [Fact]
    public void An_answer_carries_the_requests_header_and_a_header_of_its_own()
    {
        var asked = client.Ask("kernel_info_request");
        foreach (var message in asked.Told.Prepend(asked.Reply))
        {
            Assert.Equal("2026-01-02T03:04:05.6Z", (string?)message.Parent["date"]);
            Assert.Equal("t", (string?)message.Parent["username"]);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", (string?)message.Header["date"]);
        }

        Assert.Equal(3, asked.Told.Prepend(asked.Reply).Select(m => (string?)m.Header["msg_id"]).Distinct().Count());
    }

    [Fact]
    public void Completion_counts_code_points_and_a_cursor_out_of_range_is_the_end()
    {
        foreach (var cursor in new[] { "7", "99999999999", "-3", "\"x\"", "null" })
        {
            var asked = client.Ask("complete_request", $$"""{"code":"\"😀\".Len","cursor_pos":{{cursor}}}""");
            Assert.Equal(("complete_reply", "ok"), (asked.Reply.Type, asked.Status));
            Assert.InRange(asked.Reply.Number("cursor_start"), 0, 7);
            Assert.InRange(asked.Reply.Number("cursor_end"), asked.Reply.Number("cursor_start"), 7);
            Assert.IsType<JsonArray>(asked.Reply.Content["matches"]);
            Assert.IsType<JsonArray>(asked.Reply.Content["metadata"]!["_jupyter_types_experimental"]);
            Assert.Empty(asked.Types);
        }

        var reply = client.Ask("complete_request", """{"code":"\"😀\".Len","cursor_pos":7}""").Reply;
        Assert.Equal((4, 7), (reply.Number("cursor_start"), reply.Number("cursor_end")));
        Assert.Contains("Length", reply.Content["matches"]!.AsArray().Select(m => (string?)m));
        var rich = reply.Content["metadata"]!["_jupyter_types_experimental"]!.AsArray().Single(m => (string?)m!["text"] == "Length")!;
        Assert.Equal(("property", 4, 7), ((string?)rich["type"], (int)rich["start"]!, (int)rich["end"]!));
    }

    [Theory]
    [InlineData("a😀b", 0, 0)]
    [InlineData("a😀b", 2, 3)]
    [InlineData("a😀b", 3, 4)]
    [InlineData("a😀b", 4, 4)]
    [InlineData("\ud83d", 1, 1)]
    public void A_place_in_code_points_is_a_place_in_UTF16_and_back(string text, int codePoints, int utf16)
    {
        Assert.Equal(utf16, CodePoints.ToUtf16(text, codePoints));
        Assert.Equal(Math.Min(codePoints, text.EnumerateRunes().Count()), CodePoints.FromUtf16(text, utf16));
    }

    [Fact]
    public void Inspection_says_whether_the_name_is_known()
    {
        var asked = client.Ask("inspect_request", """{"code":"nothingOfThatName","cursor_pos":4,"detail_level":1}""");
        Assert.Equal(("inspect_reply", "ok", false), (asked.Reply.Type, asked.Status, (bool)asked.Reply.Content["found"]!));
        Assert.Equal("{}{}", asked.Reply.Content["data"]!.ToJsonString() + asked.Reply.Content["metadata"]!.ToJsonString());
        Assert.Empty(asked.Types);
        var known = client.Ask("inspect_request", """{"code":"Console","cursor_pos":7}""").Reply.Content;
        Assert.True((bool)known["found"]!);
        Assert.Contains("Console", (string?)known["data"]!["text/plain"], StringComparison.Ordinal);
        Assert.Contains("Console", (string?)known["data"]!["text/markdown"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 + 1", "complete", null)]
    [InlineData("if (true) {", "incomplete", "    ")]
    [InlineData("var = = ;)", "invalid", null)]
    public void Is_complete_tells_whether_text_can_run_and_how_the_next_line_begins(string code, string status, string? indent)
    {
        var asked = client.Ask("is_complete_request", JupyterTestClient.ExecuteContent(code));
        Assert.Equal(("is_complete_reply", status, indent), (asked.Reply.Type, asked.Status, asked.Reply.Text("indent")));
        Assert.Empty(asked.Types);
    }

    [Fact]
    public void There_are_no_comms_and_one_that_a_front_end_opens_is_closed()
    {
        Assert.Equal("{}", client.Ask("comm_info_request").Reply.Content["comms"]!.ToJsonString());
        var told = client.Told(client.Send(client.Shell, "comm_open", """{"comm_id":"c1","target_name":"x","data":{}}"""));
        Assert.Equal("c1", told.Single(m => m.Type == "comm_close").Text("comm_id"));
        foreach (var type in new[] { "comm_msg", "comm_close" })
        {
            Assert.Equal(2, client.Told(client.Send(client.Shell, type, """{"comm_id":"c1","data":{}}""")).Count);
        }
    }

    [Fact]
    public void A_debug_request_fails_politely()
    {
        var asked = client.Ask("debug_request", """{"type":"request","seq":7,"command":"initialize","arguments":{}}""", onControl: true);
        Assert.Equal(("debug_reply", "initialize", 7), (asked.Reply.Type, asked.Reply.Text("command"), asked.Reply.Number("request_seq")));
        Assert.False((bool)asked.Reply.Content["success"]!);
        Assert.Empty(asked.Types);
    }

    [Fact]
    public void An_unknown_type_is_told_in_the_log_and_the_kernel_goes_on()
    {
        foreach (var channel in new[] { client.Shell, client.Control })
        {
            Assert.Equal(2, client.Told(client.Send(channel, "make_tea_request", "{}")).Count);
        }

        Assert.Contains("make_tea_request", kernel.Log.ToString(), StringComparison.Ordinal);
        Assert.Equal("ok", client.Ask("kernel_info_request").Status);
    }

    [Fact]
    public void The_heartbeat_gives_every_frame_back()
    {
        using var dealer = ZmtpClient.Connect(kernel.Ports.Heartbeat, "DEALER");
        dealer.Send([], "ping"u8.ToArray(), [1, 2, 3]);
        Assert.Equal([[], "ping"u8.ToArray(), [1, 2, 3]], dealer.Receive());
        using var req = ZmtpClient.Connect(kernel.Ports.Heartbeat, "REQ");
        req.Send([], "pong"u8.ToArray());
        Assert.Equal([[], "pong"u8.ToArray()], req.Receive());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Shutdown_is_answered_told_to_all_and_ends_the_kernel(bool restart, bool onControl)
    {
        using var other = new RunningKernel();
        using var asking = other.Connect();
        var asked = asking.Ask("shutdown_request", $$"""{"restart":{{(restart ? "true" : "false")}}}""", onControl);
        Assert.Equal(("shutdown_reply", "ok", restart), (asked.Reply.Type, asked.Status, (bool)asked.Reply.Content["restart"]!));
        Assert.Equal(restart, (bool)asked.One("shutdown_reply").Content["restart"]!);
        await other.Kernel.Ended.WaitAsync(ZmtpClient.Patience, TestContext.Current.CancellationToken);
    }
}
