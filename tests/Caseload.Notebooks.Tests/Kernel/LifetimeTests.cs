using Caseload.Notebooks.Kernel.Lifetime;

namespace Caseload.Notebooks.Tests.Kernel;

/// <summary>How a kernel's process lives and ends.</summary>
/// <param name="living">A kernel that these tests leave alive.</param>
public sealed class LifetimeTests(KernelProcess living) : IClassFixture<KernelProcess>
{
    [Fact]
    public void A_cell_that_ends_the_process_is_answered_with_all_that_it_wrote()
    {
        using var kernel = new KernelProcess();
        var ran = kernel.Client.Execute("Console.Write(\"last words\"); Environment.Exit(7);");
        Assert.Equal("last words", ran.Stream("stdout"));
        Assert.Equal(("error", "the cell ended the kernel's process"), (ran.Status, ran.Reply.Text("evalue")));
        kernel.WaitForEnd();
        Assert.Equal(7, kernel.Kernel.ExitCode);
    }

    [Fact]
    public void Shutdown_waits_neither_for_the_cell_that_runs_nor_for_threads_that_a_cell_left()
    {
        using var kernel = new KernelProcess();
        kernel.Client.Execute("new System.Threading.Thread(() => System.Threading.Thread.Sleep(-1)).Start();");
        kernel.Client.Send(kernel.Client.Shell, "execute_request", JupyterTestClient.ExecuteContent("System.Threading.Thread.Sleep(-1);"));
        kernel.Client.Next(kernel.Client.Iopub, "execute_input");
        Assert.Equal("ok", kernel.Client.Ask("shutdown_request", """{"restart":true}""", onControl: true).Status);
        kernel.WaitForEnd();
        Assert.Equal(0, kernel.Kernel.ExitCode);
    }

    [Fact]
    public void An_exception_on_a_cells_own_thread_is_told_and_the_kernel_lives()
    {
        var ran = living.Client.Execute("""
            var thread = new System.Threading.Thread(() => throw new InvalidOperationException("aside"));
            thread.Start(); thread.Join(); await Task.Delay(200);
            """);
        Assert.Contains("System.InvalidOperationException: aside", ran.Stream("stderr"), StringComparison.Ordinal);
        Assert.Equal("2", living.Client.Execute("1 + 1").Result);
    }

    [Fact]
    public void SIGINT_stops_the_cell_and_not_the_kernel()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are Unix's");
        var id = living.Client.Send(living.Client.Shell, "execute_request",
            JupyterTestClient.ExecuteContent("Console.WriteLine(1); Console.Out.Flush(); while (true) { }"));
        // What an earlier cell printed late is passed over: the signal is to meet this one.
        while (living.Client.Next(living.Client.Iopub, "stream").ParentId != id)
        {
        }

        living.Signal("INT");
        Assert.Equal("error", living.Client.Reply(living.Client.Shell, id).Text("status"));
        Assert.Equal("2", living.Client.Execute("1 + 1").Result);

        // A signal between cells is nothing; on a busy machine it may come late and meet the next one.
        living.Signal("INT");
        Assert.Equal("3", living.Client.Execute("1 + 2").Result ?? living.Client.Execute("1 + 2").Result);
    }

    [Fact]
    public void SIGTERM_ends_the_kernel_in_order()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are Unix's");
        using var kernel = new KernelProcess();
        kernel.Signal("TERM");
        kernel.WaitForEnd();
        Assert.Equal(0, kernel.Kernel.ExitCode);
    }

    [Fact]
    public void A_kernel_ends_when_its_parent_vanishes_and_not_when_its_clients_do()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the parent of this test is a Unix shell");
        using var kernel = new KernelProcess(hasParent: true);
        kernel.Client.Dispose();
        Assert.False(kernel.Kernel.WaitForExit(TimeSpan.FromSeconds(3)));
        kernel.KillParent();
        Assert.True(kernel.WaitForEnd() < TimeSpan.FromSeconds(50));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("parent")]
    public void A_variable_that_names_no_parent_is_passed_over(string? variable) => Assert.Null(ParentProcess.Of(variable));

    [Fact]
    public void A_process_that_is_not_the_kernels_own_parent_is_watched_by_its_number()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "on Windows the parent is a handle");
        using var process = System.Diagnostics.Process.Start("sleep", "60");
        var parent = ParentProcess.Of(process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))!;
        Assert.True(parent.IsAlive);
        process.Kill();
        process.WaitForExit();
        Assert.False(parent.IsAlive);
    }
}
