using Caseload.Frames;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Tests.Session.Stopping;

public sealed class InterruptTests(ITestOutputHelper log) : IDisposable
{
    // A busy machine is slow; what is tested is that a cell stops, not how fast this machine is.
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(4);

    private readonly SessionDriver session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true);")]
    [InlineData("for (;;);")]
    [InlineData("do { } while (true);")]
    [InlineData("do ; while (true);")]
    [InlineData("var n = 0L; while (true) n++;")]
    [InlineData("IEnumerable<int> Forever() { while (true) yield return 1; }\nforeach (var i in Forever()) ;")]
    [InlineData("async IAsyncEnumerable<int> Forever() { while (true) { await Task.Yield(); yield return 1; } }\n"
        + "await foreach (var i in Forever()) ;")]
    [InlineData("again: ; goto again;")]
    [InlineData("while (true) { try { throw new Exception(); } catch { } }")]
    [InlineData("while (true) { try { System.Threading.Thread.Sleep(100000); } catch { } }")]
    [InlineData("while (true) try { while (true); } catch (Exception) { }")]
    [InlineData("int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nFib(60)")]
    [InlineData("int Fib(int n) { return n < 2 ? n : Fib(n - 1) + Fib(n - 2); }\nFib(60)")]
    [InlineData("Func<int, int> fib = null; fib = n => { return n < 2 ? n : fib(n - 1) + fib(n - 2); }; fib(60)")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Select(i => { return Math.Sqrt(i); }).Where(d => { return d < 0; }).Count()")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Select(i => Math.Sqrt(i)).Count(d => d < 0)")]
    [InlineData("class Endless { public static int Run() { var i = 0; while (true) i++; } }\nEndless.Run()")]
    [InlineData("await Task.Run(() => { while (true); });")]
    [InlineData("Parallel.For(0, 4, i => { while (true); });")]
    [InlineData("System.Threading.Thread.Sleep(100000);")]
    [InlineData("Task.Delay(100000).Wait();")]
    [InlineData("await Task.Delay(100000);")]
    [InlineData("async Task<int> F() { await Task.Delay(100000); return 1; }\nF().Result")]
    [InlineData("new System.Threading.ManualResetEvent(false).WaitOne();")]
    [InlineData("new System.Threading.SemaphoreSlim(0).Wait();")]
    [InlineData("var t = new System.Threading.Thread(() => { while (true); }); t.Start(); t.Join();")]
    [InlineData("var o = new object(); Task.Run(() => { lock (o) { Task.Delay(100000).Wait(); } }); await Task.Delay(50); lock (o) { }")]
    [InlineData("await Task.Delay(100000, Interruption);")]
    [InlineData("class Endless { public override string ToString() { while (true); } }\n"
        + "((IProgress<object>)display(1)).Report(new Endless());")]
    [InlineData("Enumerable.Range(0, 8).AsParallel().ForAll(i => { while (true); });")]
    public void It_stops(string code)
    {
        var (result, after) = session.Interrupt("Console.WriteLine(\"go\");\n" + code);
        log.WriteLine($"{after.TotalMilliseconds:F1} ms");
        Assert.True(result.IsInterrupted);
        Assert.Equal("Interrupted", result.Failure!.Name);
        Assert.InRange(after, TimeSpan.Zero, Generous);
        Assert.IsType<ErrorOutput>(session.Outputs[^1]);
        Assert.Equal("3", session.Value("1 + 2"));
    }

    [Fact]
    public void The_line_where_it_stopped_is_told()
    {
        var (result, _) = session.Interrupt("Console.WriteLine(\"go\");\n\nwhile (true)\n{\n}");
        Assert.InRange(result.Failure!.Line!.Value, 3, 5);
        Assert.Equal("The cell was interrupted.", result.Failure.Message);
    }

    [Fact]
    public void What_was_set_before_stays_set()
    {
        session.Interrupt("var n = 7; Console.WriteLine(\"go\"); while (true);");
        Assert.Equal("7", session.Value("n"));
    }

    [Fact]
    public void A_library_that_looks_at_long_work_stops_on_all_of_its_threads()
    {
        using var folder = new TemporaryFolder();
        var frames = typeof(LongWork).Assembly.Location;
        var library = folder.WriteLibrary("Patient", """
            public static class Patient
            {
                public static int Working;

                public static void Run() => System.Threading.Tasks.Parallel.For(0, 2, _ =>
                {
                    System.Threading.Interlocked.Increment(ref Working);
                    try { while (true) Caseload.Frames.LongWork.Look(); }
                    finally { System.Threading.Interlocked.Decrement(ref Working); }
                });
            }
            """, frames, typeof(Parallel).Assembly.Location, typeof(Interlocked).Assembly.Location);
        session.Run($"#r \"{library}\"");
        var (result, after) = session.Interrupt("Console.WriteLine(\"go\");\nPatient.Run();");
        Assert.True(result.IsInterrupted);
        Assert.Equal("The cell was interrupted.", result.Failure!.Message);
        Assert.InRange(after, TimeSpan.Zero, Generous);
        Assert.Equal("0", session.Value("Patient.Working"));
        Assert.Equal("False", session.Value("Interruption.IsCancellationRequested"));
    }

    [Fact]
    public void A_library_that_does_not_come_back_is_left_behind_and_that_is_said()
    {
        // The regular expression takes longer than anyone lives, and looks at nothing meanwhile.
        var (result, after) = session.Interrupt("""
            Console.WriteLine("go");
            System.Text.RegularExpressions.Regex.IsMatch(new string('a', 40) + "!", "^(a+)+$")
            """);
        Assert.True(result.IsInterrupted);
        Assert.Contains("may still be running", result.Failure!.Message, StringComparison.Ordinal);
        Assert.InRange(after, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
        Assert.Equal("3", session.Value("1 + 2"));
    }

    [Fact]
    public void A_cell_left_behind_stops_no_later_one_and_stays_stopped_itself()
    {
        session.Interrupt("""
            var turns = 0;
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            async Task Work()
            {
                try
                {
                    await gate.Task;
                    while (true) turns++;
                }
                catch (Exception e)
                {
                    ended.SetResult(e.GetType().Name);
                }
            }
            Console.WriteLine("go");
            await Work();
            """);
        Assert.Equal("1000", session.Value("var m = 0; gate.SetResult(); for (var i = 0; i < 1000; i++) m++; m"));
        Assert.Equal("CellInterruptedException", session.Value("await ended.Task.WaitAsync(TimeSpan.FromSeconds(30))"));
    }

    [Fact]
    public void An_interrupt_between_cells_stops_nothing()
    {
        session.Run("var x = 1;");
        session.Session.Interrupt();
        Assert.Equal("100", session.Value("var n = 0; while (n < 100) n++; n"));
    }

    [Fact]
    public void No_thread_of_the_pool_keeps_an_interrupt()
    {
        for (var i = 0; i < 20; i++)
        {
            session.Interrupt($"Console.WriteLine(1);\n{Sleepers(8, 100_000)}");
            Assert.Null(session.Run(Sleepers(16, 1)).Failure);
        }
    }

    private static string Sleepers(int count, int milliseconds) =>
        $"await Task.WhenAll(Enumerable.Range(0, {count}).Select(i => Task.Run(() => System.Threading.Thread.Sleep({milliseconds}))));";

    [Fact]
    public void Deep_recursion_has_room() =>
        Assert.Equal("100000", session.Value("int Depth(int n) { if (n == 0) return 0; return 1 + Depth(n - 1); }\nDepth(100000)"));

    [Fact]
    public void A_cell_may_wait_for_its_own_async_function() =>
        Assert.Equal("5", session.Value("async Task<int> F() { await Task.Delay(1); return 5; }\nF().Result"));

    [Fact]
    public async Task A_cell_that_waits_for_input_stops()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Answer = request =>
        {
            asked.SetResult();
            request.Stopping.WaitHandle.WaitOne(TimeSpan.FromSeconds(60));
            return null;
        };
        var running = session.Start("Console.ReadLine()");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        session.Session.Interrupt();
        Assert.True((await running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).IsInterrupted);
    }
}
