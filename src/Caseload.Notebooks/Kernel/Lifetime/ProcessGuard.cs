using System.Runtime.InteropServices;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Kernel.Lifetime;

/// <summary>Ties the process to the kernel: its signals, its parent, its end.</summary>
internal sealed class ProcessGuard : IDisposable
{
    // After the kernel's end threads that a cell left behind do not hold the process for longer.
    private const int GraceMilliseconds = 1000;

    private static readonly TimeSpan ParentPeriod = TimeSpan.FromSeconds(1);

    private readonly JupyterKernel kernel;
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private readonly ParentWatch? parent;

    /// <summary>Takes over the process's signals.</summary>
    /// <param name="kernel">The kernel.</param>
    public ProcessGuard(JupyterKernel kernel)
    {
        this.kernel = kernel;
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            kernel.Interrupt();
        });
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            kernel.End();
        });
        parent = ParentProcess.Of(Environment.GetEnvironmentVariable("JPY_PARENT_PID")) is { } process
            ? new ParentWatch(process, ParentPeriod, kernel.End) : null;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        BackgroundFailures.TellInCell();
    }

    /// <summary>Gives the signals back, and sees to it that the process ends.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        parent?.Dispose();
        interrupt.Dispose();
        terminate.Dispose();
        new Thread(EndProcess) { IsBackground = true, Name = "caseload end" }.Start();
    }

    private void OnProcessExit(object? sender, EventArgs e) => kernel.TellProcessEnds();

    private static void EndProcess()
    {
        Thread.Sleep(GraceMilliseconds);
        Environment.Exit(0);
    }
}
