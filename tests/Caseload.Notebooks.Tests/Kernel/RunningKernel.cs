using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Caseload.Notebooks.Kernel;
using Caseload.Notebooks.Kernel.Messages;
using Caseload.Notebooks.Kernel.Wire;

namespace Caseload.Notebooks.Tests.Kernel;

/// <summary>A kernel in the tests' own process, on ports of its own.</summary>
public sealed class RunningKernel : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int clients;

    public RunningKernel()
        : this(new WireLimits(), "a key of the tests")
    {
    }

    internal RunningKernel(WireLimits limits, string key)
    {
        Key = key;
        Ports = FreePorts();
        Kernel = new(new(WriteConnectionFile(folder, Ports, key), folder.Path) { Assemblies = SessionDriver.Host, Log = Log }, limits);
    }

    internal string Key { get; }

    internal ChannelPorts Ports { get; }

    internal JupyterKernel Kernel { get; }

    internal StringWriter Log { get; } = new();

    internal JupyterTestClient Connect() => new(Ports, Key, "client " + (++clients).ToString(CultureInfo.InvariantCulture));

    internal static string WriteConnectionFile(TemporaryFolder folder, ChannelPorts ports, string key) => folder.Write("connection.json",
        $$"""
        {"shell_port":{{ports.Shell}},"iopub_port":{{ports.Iopub}},"stdin_port":{{ports.Stdin}},"control_port":{{ports.Control}},
         "hb_port":{{ports.Heartbeat}},"ip":"127.0.0.1","key":"{{key}}",
         "transport":"tcp","signature_scheme":"hmac-sha256","kernel_name":"x"}
        """);

    internal static ChannelPorts FreePorts()
    {
        var listeners = Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Dispose();
        return new(ports[0], ports[1], ports[2], ports[3], ports[4]);
    }

    public void Dispose()
    {
        Kernel.Dispose();
        folder.Dispose();
    }
}
