using Caseload.Notebooks.Kernel.Messages;
using Caseload.Notebooks.Kernel.Requests;
using Caseload.Notebooks.Kernel.Wire;

namespace Caseload.Notebooks.Kernel;

/// <summary>A kernel that listens: its channels, its session and who answers what.</summary>
internal sealed class JupyterKernel : IDisposable
{
    // After the end is decided, what is on its way gets this long.
    private const int FlushMilliseconds = 2000;

    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MessageCodec codec;
    private readonly KernelChannels channels;
    private readonly KernelSession session;
    private readonly InputRequests input = new();
    private readonly ExecuteHandler execute;
    private readonly RequestLoop shell;
    private readonly RequestLoop control;

    /// <summary>Listens, and makes the session beside.</summary>
    /// <param name="settings">What the kernel stands on.</param>
    /// <param name="limits">What a peer may cost.</param>
    /// <exception cref="Caseload.Frames.ProblemException">Unreadable: the connection file, or an address in it.</exception>
    public JupyterKernel(KernelSettings settings, WireLimits limits)
    {
        var file = ConnectionFile.Read(settings.ConnectionFile);
        Log = TextWriter.Synchronized(settings.Log ?? new StreamWriter(Console.OpenStandardError()) { AutoFlush = true });
        codec = new(file.Key, settings.Clock);
        var history = new InputHistory();
        session = new(settings);
        execute = new(session, history, input);
        var info = new KernelInfo(settings.Version);
        control = new(Requests(info), Log);
        shell = new(new Dictionary<string, Action<KernelRequest>>(Requests(info))
        {
            ["execute_request"] = request => execute.Handle(request, shell!.Queue),
            ["complete_request"] = new CompleteHandler(session).Handle,
            ["inspect_request"] = new InspectHandler(session).Handle,
            ["is_complete_request"] = new IsCompleteHandler(session).Handle,
            ["history_request"] = new HistoryHandler(history).Handle,
            ["comm_info_request"] = CommHandler.Info,
            ["comm_open"] = CommHandler.Open,
            ["comm_msg"] = CommHandler.Ignore,
            ["comm_close"] = CommHandler.Ignore,
        }, Log);
        channels = new(file, codec, limits, Receive);
        channels.Start();
        session.Start();
        shell.Start("caseload shell");
        control.Start("caseload control");
    }

    /// <summary>Takes a line for each thing that went wrong without a client to tell.</summary>
    public TextWriter Log { get; }

    /// <summary>Done once the kernel is to end.</summary>
    public Task Ended => ended.Task;

    /// <summary>How many messages were dropped without a look at what they ask.</summary>
    public long DroppedMessages => codec.Dropped;

    /// <summary>Stops the cell that runs.</summary>
    public void Interrupt() => execute.Interrupt();

    /// <summary>Asks the kernel to end.</summary>
    public void End() => ended.TrySetResult();

    /// <summary>Tells the client, while the process ends already, that the cell that runs ended it.</summary>
    public void TellProcessEnds()
    {
        execute.EndByExit();
        channels.WaitUntilSent(FlushMilliseconds);
    }

    /// <summary>Stops the cell that runs, sends what is on its way and lets go of everything.</summary>
    public void Dispose()
    {
        execute.Interrupt();
        channels.WaitUntilSent(FlushMilliseconds);
        shell.Queue.Close();
        control.Queue.Close();
        channels.Dispose();
        session.Dispose();
    }

    private Dictionary<string, Action<KernelRequest>> Requests(KernelInfo info) => new(StringComparer.Ordinal)
    {
        ["kernel_info_request"] = info.Handle,
        ["interrupt_request"] = request =>
        {
            execute.Interrupt();
            request.ReplyOk(_ => { });
        },
        ["shutdown_request"] = request =>
        {
            ShutdownHandler.Handle(request);
            End();
        },
        ["debug_request"] = DebugHandler.Handle,
    };

    private void Receive(Channel channel, JupyterMessage message)
    {
        if (channel == Channel.Stdin) input.Take(message);
        else (channel == Channel.Shell ? shell : control).Queue.Add(new(channels, channel, message));
    }
}
