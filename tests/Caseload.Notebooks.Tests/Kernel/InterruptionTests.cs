using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Tests.Kernel;

/// <summary>The rows of docs/kernel-protocol.md where a cell talks with the person: interrupts, questions, displays that change.</summary>
public sealed class InterruptionTests(RunningKernel kernel) : IClassFixture<RunningKernel>, IDisposable
{
    private readonly JupyterTestClient client = kernel.Connect();

    public void Dispose() => client.Dispose();

    [Fact]
    public void An_interrupt_stops_the_cell_and_aborts_those_that_wait()
    {
        var running = Start("Console.WriteLine(\"on\"); while (true) { }", ",\"stop_on_error\":false");
        var waiting = Start("1");
        client.Next(client.Iopub, "stream");
        Assert.Equal("ok", client.Ask("interrupt_request", onControl: true).Status);
        Assert.Equal("error", client.Reply(client.Shell, running).Text("status"));
        Assert.Equal("aborted", client.Reply(client.Shell, waiting).Text("status"));
        Assert.Equal("2", client.Execute("1 + 1").Result);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_interrupt_when_nothing_runs_is_answered_and_stops_nothing(bool onControl)
    {
        Assert.Equal("ok", client.Ask("interrupt_request", onControl: onControl).Status);
        Assert.Equal("3", client.Execute("1 + 2").Result);
    }

    [Fact]
    public void A_cell_that_takes_every_thread_of_the_pool_can_be_interrupted()
    {
        var running = Start("""
            for (var i = 0; i < 64; i++) _ = Task.Run(() => { while (true) { } });
            Console.WriteLine("on");
            while (true) { }
            """);
        client.Next(client.Iopub, "stream");
        Assert.Equal("ok", client.Ask("interrupt_request", onControl: true).Status);
        Assert.Equal("error", client.Reply(client.Shell, running).Text("status"));
    }

    [Fact]
    public void A_cell_asks_the_client_that_sent_it()
    {
        using var other = kernel.Connect();
        var id = Start("Console.Write(\"name? \"); Console.ReadLine()", ",\"allow_stdin\":true");
        var question = client.Next(client.Stdin, "input_request");
        Assert.Equal(("name? ", false, id), (question.Text("prompt"), (bool)question.Content["password"]!, question.ParentId));
        Answer(other, "somebody else");
        client.Stdin.Send(Forged());
        Answer(client, "Ada 😀");
        Assert.Equal("Ada 😀", Result(client.Told(id)));
        Assert.Equal("ok", client.Reply(client.Shell, id).Text("status"));

        byte[][] Forged()
        {
            var frames = client.Frames("forged", "input_reply", """{"status":"ok","value":"forged"}""");
            frames[1] = new byte[64];
            return frames;
        }
    }

    [Fact]
    public void A_client_without_a_name_is_not_taken_for_another_that_has_none()
    {
        // As many have come by the one socket as by the other, so the two are of one number.
        using var shell = ZmtpClient.Connect(kernel.Ports.Shell, "DEALER");
        using var stdin = ZmtpClient.Connect(kernel.Ports.Stdin, "DEALER");
        shell.Send(client.Frames("nameless", "execute_request", JupyterTestClient.ExecuteContent("Console.ReadLine() is null")));
        Assert.Equal("True", Result(client.Told("nameless")));
    }

    [Fact]
    public void An_answer_that_nobody_waits_for_is_passed_over()
    {
        Answer(client, "too early");
        client.Ask("kernel_info_request", onControl: true);
        var id = Start("Console.ReadLine()");
        client.Next(client.Stdin, "input_request");
        Answer(client, "in time");
        Assert.Equal("in time", Result(client.Told(id)));
    }

    [Fact]
    public void A_client_that_cannot_ask_gives_the_end_of_input() =>
        Assert.Equal("True", client.Execute("Console.ReadLine() is null", ",\"allow_stdin\":false").Result);

    [Fact]
    public void An_interrupt_ends_the_wait_for_an_answer()
    {
        var id = Start("Console.ReadLine()");
        client.Next(client.Stdin, "input_request");
        client.Ask("interrupt_request", onControl: true);
        Assert.Equal("error", client.Reply(client.Shell, id).Text("status"));
        id = Start("Console.ReadLine()");
        client.Next(client.Stdin, "input_request");
        Answer(client, "again");
        Assert.Equal("again", Result(client.Told(id)));
    }

    [Fact]
    public void User_expressions_are_evaluated_after_the_cell_each_on_its_own()
    {
        const string Asked = ",\"user_expressions\":{\"sum\":\"x + 1\",\"none\":\"nothing\",\"bad\":7}";
        var values = client.Execute("var x = 41;", Asked).Reply.Content["user_expressions"]!;
        Assert.Equal(("ok", "42"), ((string?)values["sum"]!["status"], (string?)values["sum"]!["data"]!["text/plain"]));
        Assert.Equal(("error", "CS0103"), ((string?)values["none"]!["status"], (string?)values["none"]!["ename"]));
        Assert.IsType<JsonObject>(values["sum"]!["metadata"]);
        Assert.Equal(2, values.AsObject().Count);
        Assert.Null(client.Execute("throw new Exception();", Asked).Reply.Content["user_expressions"]);
    }

    [Fact]
    public void A_display_is_updated_under_its_name_and_outputs_are_cleared()
    {
        var told = client.Execute("var shown = display(1); shown.Update(2); ClearOutput(true);").Told;
        var name = (string?)told.Single(m => m.Type == "display_data").Content["transient"]!["display_id"];
        var update = told.Single(m => m.Type == "update_display_data");
        Assert.NotNull(name);
        Assert.Equal((name, "2"), ((string?)update.Content["transient"]!["display_id"], (string?)update.Content["data"]!["text/plain"]));
        Assert.True((bool)told.Single(m => m.Type == "clear_output").Content["wait"]!);
        Assert.Contains(client.Execute("shown.Update(3);").Told, m => m.Type == "update_display_data");
    }

    private string Start(string code, string more = "") =>
        client.Send(client.Shell, "execute_request", JupyterTestClient.ExecuteContent(code, more));

    private static void Answer(JupyterTestClient from, string value) =>
        from.Send(from.Stdin, "input_reply", $$"""{"status":"ok","value":"{{value}}"}""");

    private static string? Result(IReadOnlyList<Received> told) =>
        (string?)told.Single(m => m.Type == "execute_result").Content["data"]!["text/plain"];
}
