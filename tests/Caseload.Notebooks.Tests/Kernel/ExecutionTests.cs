using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Tests.Kernel;

/// <summary>The rows of docs/kernel-protocol.md that run cells.</summary>
public sealed class ExecutionTests(RunningKernel kernel) : IClassFixture<RunningKernel>, IDisposable
{
    private readonly JupyterTestClient client = kernel.Connect();

    public void Dispose() => client.Dispose();

    [Fact]
    public void A_cell_is_told_run_and_answered_with_one_number()
    {
        var ran = client.Execute("Console.Write(\"out\"); Console.Error.Write(\"err\"); display(2); 40 + 2");
        Assert.Equal(["execute_input", "stream", "stream", "display_data", "execute_result"], ran.Types);
        var (payload, expressions) = (ran.Reply.Content["payload"]!, ran.Reply.Content["user_expressions"]!);
        Assert.Equal(("ok", "[]", "{}"), (ran.Status, payload.ToJsonString(), expressions.ToJsonString()));
        Assert.Equal(("out", "err", "42"), (ran.Stream("stdout"), ran.Stream("stderr"), ran.Result));
        Assert.Equal("2", (string?)ran.One("display_data").Content["data"]!["text/plain"]);
        var count = ran.Reply.Number("execution_count");
        Assert.Equal((count, count),
            (ran.One("execute_input").Number("execution_count"), ran.One("execute_result").Number("execution_count")));
        Assert.Equal(count + 1, client.Execute("1").Reply.Number("execution_count"));
    }

    [Fact]
    public void A_kernel_begins_with_no_variables_of_its_own() =>
        Assert.Equal("CS0103", client.Execute("numbers").Reply.Text("ename"));

    [Fact]
    public void A_result_of_JSON_is_an_object_and_text_that_is_no_Unicode_comes_all_the_same()
    {
        var shown = client.Execute("\"{\\\"a\\\":[1]}\".DisplayAs(\"application/json\"); \"\\ud83d half\"");
        Assert.Equal(1, (int)shown.One("display_data").Content["data"]!["application/json"]!["a"]![0]!);
        Assert.EndsWith(" half", shown.Result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\\"a text\\\"", "\"a text\"")]
    [InlineData("7", "7")]
    [InlineData("[]", "[]")]
    public void JSON_of_any_kind_is_shown_as_it_is(string json, string shown)
    {
        var ran = client.Execute($"\"{json}\".DisplayAs(\"application/json\");");
        Assert.Equal(shown, ran.One("display_data").Content["data"]!["application/json"]!.ToJsonString());
    }

    [Fact]
    public void What_the_session_itself_throws_is_an_error_for_all_with_a_number()
    {
        var ran = client.Execute("#!import \"a\0b.csx\"");
        Assert.Equal(["execute_input", "error"], ran.Types);
        Assert.Equal(ran.One("error").Text("ename"), ran.Reply.Text("ename"));
        Assert.Equal(ran.One("execute_input").Number("execution_count"), ran.Reply.Number("execution_count"));
    }

    [Fact]
    public void A_cell_that_throws_is_an_error_in_the_answer_and_for_all()
    {
        var ran = client.Execute("throw new InvalidOperationException(\"stop\");");
        Assert.Equal(["execute_input", "error"], ran.Types);
        Assert.Equal("error", ran.Status);
        foreach (var error in new[] { ran.Reply, ran.One("error") })
        {
            Assert.Equal(("System.InvalidOperationException", "stop"), (error.Text("ename"), error.Text("evalue")));
            Assert.Contains("\e[31mSystem.InvalidOperationException\e[0m: stop",
                error.Content["traceback"]!.AsArray().Select(l => (string?)l));
        }
    }

    [Fact]
    public void After_an_error_the_cells_that_wait_are_aborted_and_later_ones_run()
    {
        string[] ids =
        [
            client.Send(client.Shell, "execute_request",
                JupyterTestClient.ExecuteContent("System.Threading.Thread.Sleep(500); throw new Exception();")),
            client.Send(client.Shell, "execute_request", JupyterTestClient.ExecuteContent("1")),
            client.Send(client.Shell, "kernel_info_request", "{}"),
            client.Send(client.Shell, "execute_request", JupyterTestClient.ExecuteContent("2")),
        ];
        Assert.Equal(["error", "aborted", "ok", "aborted"], ids.Select(id => client.Reply(client.Shell, id).Text("status")));
        Assert.Equal(["status", "status"], client.Told(ids[3]).Select(m => m.Type));
        Assert.Equal("3", client.Execute("3").Result);
    }

    [Fact]
    public void Without_stop_on_error_the_cells_that_wait_run()
    {
        var first = client.Send(client.Shell, "execute_request",
            JupyterTestClient.ExecuteContent("System.Threading.Thread.Sleep(300); throw new Exception();", ",\"stop_on_error\":false"));
        var second = client.Send(client.Shell, "execute_request", JupyterTestClient.ExecuteContent("1"));
        Assert.Equal("error", client.Reply(client.Shell, first).Text("status"));
        Assert.Equal("ok", client.Reply(client.Shell, second).Text("status"));
    }

    [Fact]
    public void A_silent_cell_runs_and_shows_and_counts_nothing()
    {
        var count = client.Execute("var quiet = 1;").Reply.Number("execution_count");
        var ran = client.Execute("quiet = 5; Console.Write(1); quiet", ",\"silent\":true,\"store_history\":true");
        Assert.Equal(("ok", count), (ran.Status, ran.Reply.Number("execution_count")));
        Assert.Empty(ran.Types);
        Assert.Equal("5", client.Execute("quiet").Result);
    }

    [Fact]
    public void A_cell_that_is_not_stored_shows_and_does_not_count()
    {
        var count = client.Execute("1").Reply.Number("execution_count");
        var ran = client.Execute("2", ",\"store_history\":false");
        Assert.Equal(("2", count), (ran.Result, ran.Reply.Number("execution_count")));
        Assert.Equal(count + 1, client.Execute("3").Reply.Number("execution_count"));
    }

    [Fact]
    public void A_cell_without_code_or_of_blanks_is_answered()
    {
        Assert.Equal("error", client.Ask("execute_request", "{}").Status);
        Assert.Equal("error", client.Ask("execute_request", "{\"code\":7}").Status);
        Assert.Equal("ok", client.Execute("  \n").Status);
    }

    [Fact]
    public void History_gives_the_tail_a_range_and_what_a_pattern_finds()
    {
        var first = client.Execute("\"alpha\"").Reply.Number("execution_count");
        client.Execute("\"beta\"");
        client.Execute("\"alpha\"");
        Assert.Equal($"[[1,{first + 1},[\"\\u0022beta\\u0022\",\"beta\"]],[1,{first + 2},[\"\\u0022alpha\\u0022\",\"alpha\"]]]",
            History("\"hist_access_type\":\"tail\",\"n\":2,\"output\":true"));
        Assert.Equal($"[[1,{first + 1},\"\\u0022beta\\u0022\"]]",
            History($"\"hist_access_type\":\"range\",\"session\":0,\"start\":{first + 1},\"stop\":{first + 2}"));
        Assert.Equal("[]", History("\"hist_access_type\":\"range\",\"session\":-1,\"start\":0,\"stop\":100"));
        Assert.Equal(2, Lines("\"hist_access_type\":\"search\",\"pattern\":\"*alp?a*\",\"n\":9"));
        Assert.Equal(1, Lines("\"hist_access_type\":\"search\",\"pattern\":\"*alp?a*\",\"unique\":true"));
        Assert.Equal(0, Lines("\"hist_access_type\":\"search\",\"pattern\":\"alpha\""));

        string History(string content) => Answer(content).ToJsonString();
        int Lines(string content) => Answer(content).AsArray().Count;
        JsonNode Answer(string content) => client.Ask("history_request", $$"""{"raw":true,{{content}}}""").Reply.Content["history"]!;
    }

    [Fact]
    public void What_a_task_shows_after_its_cell_belongs_to_that_cell()
    {
        var ran = client.Execute("var go = new TaskCompletionSource(); _ = Task.Run(async () => { await go.Task; display(\"late\"); });");
        client.Send(client.Shell, "execute_request", JupyterTestClient.ExecuteContent("go.SetResult(); await Task.Delay(300);"));
        Assert.Equal(ran.Reply.ParentId, client.Next(client.Iopub, "display_data").ParentId);
    }

    [Fact]
    public void Control_is_answered_while_a_cell_runs()
    {
        var id = client.Send(client.Shell, "execute_request", JupyterTestClient.ExecuteContent("while (true) { }"));
        client.Next(client.Iopub, "execute_input");
        Assert.Equal("ok", client.Ask("kernel_info_request", onControl: true).Status);
        client.Ask("interrupt_request", onControl: true);
        Assert.Equal("error", client.Reply(client.Shell, id).Text("status"));
    }

    [Fact]
    public void Two_clients_share_variables_and_each_gets_its_own_answers()
    {
        using var other = kernel.Connect();
        client.Execute("var shared = 20;");
        Assert.Equal("21", other.Execute("shared + 1").Result);
        var mine = client.Send(client.Shell, "execute_request", JupyterTestClient.ExecuteContent("shared + 2"));
        var theirs = other.Send(other.Shell, "execute_request", JupyterTestClient.ExecuteContent("shared + 3"));
        Assert.Equal("ok", other.Reply(other.Shell, theirs).Text("status"));
        Assert.Equal("ok", client.Reply(client.Shell, mine).Text("status"));
        Assert.Contains(other.Told(mine), m => m.Type == "execute_result");
        Assert.Contains(client.Told(theirs), m => m.Type == "execute_result");
    }
}
