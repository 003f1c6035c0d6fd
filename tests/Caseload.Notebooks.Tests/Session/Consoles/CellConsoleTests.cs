using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Tests.Session.Consoles;

public sealed class CellConsoleTests : IDisposable
{
    private readonly SessionDriver session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task Text_comes_while_the_cell_runs()
    {
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AppDomain.CurrentDomain.SetData("caseload-came", came);
        session.Listener = _ => came.TrySetResult();
        var result = await session.Start("""
            Console.Write("early");
            var came = (TaskCompletionSource)AppDomain.CurrentDomain.GetData("caseload-came");
            await came.Task.WaitAsync(TimeSpan.FromSeconds(60));
            """).WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        Assert.Null(result.Failure);
        Assert.Equal("early", session.Text);
    }

    [Fact]
    public void Much_text_comes_in_few_pieces()
    {
        session.Run("for (var i = 0; i < 100_000; i++) Console.WriteLine(i);");
        Assert.Equal(100_000, session.Text.Count(c => c == '\n'));
        Assert.InRange(session.Outputs.Count, 1, 1000);
    }

    [Fact]
    public async Task What_a_cell_left_behind_writes_goes_to_that_cell()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (new Client(), new Client());
        using var own = new NotebookSession(new(folder.Path, SessionDriver.Host, TimeProvider.System));
        await own.RunAsync(new("a",
            "var go = new TaskCompletionSource(); _ = Task.Run(async () => "
            + "{ await go.Task; Console.Write(\"late\"); display(1); });", 1), first);
        await own.RunAsync(new("b", "go.SetResult(); Console.Write(\"now\");", 2), second);
        await first.Shown.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(["late", "1"], first.Texts);
        Assert.Equal(["now"], second.Texts);
    }

    [Fact]
    public void A_writer_kept_from_an_earlier_cell_writes_in_the_cell_that_uses_it()
    {
        session.Run("class Log { static readonly TextWriter To = Console.Out; "
            + "public static void Say(string s) => To.WriteLine(s); }\nLog.Say(\"a\");");
        Assert.Equal("a\n", session.Text);
        session.Run("Log.Say(\"b\");");
        Assert.Equal("b\n", session.Text);
    }

    [Fact]
    public void A_cell_that_sets_the_console_keeps_it_to_itself()
    {
        session.Run("var own = new StringWriter(); Console.SetOut(own); Console.Write(\"hidden\");");
        Assert.Empty(session.Outputs);
        session.Run("Console.Write(own);");
        Assert.Equal("hidden", session.Text);
    }

    [Fact]
    public void Reading_a_line_asks_with_what_stands_on_the_last_line()
    {
        var asked = new List<(string, bool)>();
        session.Answer = request =>
        {
            asked.Add((request.Prompt, request.IsPassword));
            return "Ada";
        };
        Assert.Equal("Ada Ada Ada Ada", session.Value("""
            Console.WriteLine("Hello");
            Console.Write("Your ");
            Console.Write("name? ");
            var a = Console.ReadLine();
            var b = Console.In.ReadLine();
            string.Join(' ', a, b, input("Again? "), password("Secret? "))
            """));
        Assert.Equal([("Your name? ", false), ("", false), ("Again? ", false), ("Secret? ", true)], asked);
    }

    [Fact]
    public void Characters_and_the_rest_can_be_read_too()
    {
        var lines = new Queue<string?>(["ab", "cd", "ef"]);
        session.Answer = _ => lines.TryDequeue(out var line) ? line : null;
        Assert.Equal("97 98 b cd\nef\n", session.Value(
            "var first = Console.Read(); var next = Console.In.Peek(); var rest = Console.ReadLine(); "
            + "$\"{first} {next} {rest} {Console.In.ReadToEnd()}\""));
    }

    [Fact]
    public void Text_is_shown_before_the_question()
    {
        var shown = "";
        session.Answer = _ => shown = session.Text;
        session.Run("Console.Write(\"first\"); input(\"?\");");
        Assert.Equal("first", shown);
    }

    private sealed class Client : ICellClient
    {
        public List<string> Texts { get; } = [];

        public TaskCompletionSource Shown { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Take(CellEvent shown)
        {
            var output = Assert.IsType<OutputShown>(shown).Output;
            Texts.Add(output is StreamOutput text ? text.Text : ((DisplayOutput)output).Data.Text("text/plain")!);
            if (output is DisplayOutput) Shown.TrySetResult();
        }

        public string? ReadLine(InputRequest request) => null;
    }
}
