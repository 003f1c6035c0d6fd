using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Caseload.Notebooks.Kernel.Messages;
using Caseload.Notebooks.Session;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Caseload.Notebooks.Tests.Kernel;

/// <summary>A kernel in a process of its own, which a small program compiled on the spot holds.</summary>
public sealed class KernelProcess : IDisposable
{
    private const string Program = """
        using System.Reflection;
        using System.Runtime.Loader;

        var folder = args[0];
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            System.IO.File.Exists(System.IO.Path.Combine(folder, name.Name + ".dll"))
                ? context.LoadFromAssemblyPath(System.IO.Path.Combine(folder, name.Name + ".dll")) : null;
        return Host.Run(args[1]);

        static class Host
        {
            public static int Run(string file) => Caseload.Notebooks.Kernel.KernelHost.RunAsync(
                new Caseload.Notebooks.Kernel.KernelSettings(file, System.IO.Path.GetDirectoryName(file)!), default)
                .GetAwaiter().GetResult();
        }
        """;

    private readonly TemporaryFolder folder = new();
    private readonly Process starter;

    /// <summary>Starts a kernel.</summary>
    public KernelProcess()
        : this(hasParent: false)
    {
    }

    /// <summary>Starts a kernel.</summary>
    /// <param name="hasParent">Whether a shell of its own starts it and is named as its parent.</param>
    internal KernelProcess(bool hasParent)
    {
        Ports = RunningKernel.FreePorts();
        var file = RunningKernel.WriteConnectionFile(folder, Ports, Key);
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..",
            OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        string[] command =
        [
            dotnet, "exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "Caseload.Notebooks.Tests.runtimeconfig.json"),
            Compile(), AppContext.BaseDirectory, file,
        ];
        starter = Start(hasParent ? ["sh", "-c", "export JPY_PARENT_PID=$$; \"$@\" & echo $!; wait", "sh", .. command] : command);
        Kernel = hasParent
            ? Process.GetProcessById(int.Parse(starter.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture)) : starter;
        Client = Connect();
    }

    internal static string Key => "a key of the tests";

    internal ChannelPorts Ports { get; }

    public Process Kernel { get; }

    internal JupyterTestClient Client { get; }

    /// <summary>Ends the process that the kernel was told is its parent, without a chance to clean up.</summary>
    public void KillParent() => starter.Kill();

    public void Signal(string name)
    {
        using var kill = Start(["kill", "-" + name, Kernel.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the kernel's end.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan WaitForEnd()
    {
        var watch = Stopwatch.StartNew();
        Assert.True(Kernel.WaitForExit(ZmtpClient.Patience), "the kernel lives on");
        return watch.Elapsed;
    }

    public void Dispose()
    {
        Client?.Dispose();
        if (!Kernel.HasExited) Kernel.Kill();
        if (!starter.HasExited) starter.Kill();
        Kernel.Dispose();
        starter.Dispose();
        folder.Dispose();
    }

    private JupyterTestClient Connect()
    {
        while (true)
        {
            try
            {
                return new JupyterTestClient(Ports, Key, "client");
            }
            catch (System.Net.Sockets.SocketException) when (!Kernel.HasExited)
            {
                Thread.Sleep(20);
            }
        }
    }

    private string Compile()
    {
        var path = folder.File("kernelhost.dll");
        var references = SessionDriver.Host.FrameworkReferences.Append(
            MetadataReference.CreateFromFile(typeof(HostAssemblies).Assembly.Location));
        var result = CSharpCompilation.Create("kernelhost", [CSharpSyntaxTree.ParseText(Program)], references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication)).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }

    private static Process Start(string[] command) =>
        Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
}
