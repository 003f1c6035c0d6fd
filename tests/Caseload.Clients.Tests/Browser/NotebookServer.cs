using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Caseload.Clients.Tests.Fixtures;

namespace Caseload.Clients.Tests.Browser;

/// <summary>The classic notebook server on the loopback address, behind a token, in a folder of its own.</summary>
internal sealed class NotebookServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly string token = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly StringBuilder log = new();
    private readonly Process process;
    private readonly HttpClient http;

    private NotebookServer(InstalledKernel kernel)
    {
        ClientTools.RequireModule("notebook");
        var program = ClientTools.Require("/usr/bin/jupyter-notebook", "jupyter-notebook");
        Folder = kernel.NewFolder("server");
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var start = kernel.Client(ClientTools.Python, Folder,
            "-B", program, "--no-browser", "--allow-root", "--no-mathjax", "--ip=127.0.0.1", $"--port={Address.Port}",
            "--NotebookApp.port_retries=0", $"--NotebookApp.token={token}", $"--notebook-dir={Folder}").ToStartInfo();
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        http = new HttpClient { BaseAddress = Address, Timeout = Limit };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", token);
    }

    /// <summary>The folder that it serves.</summary>
    public string Folder { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What it wrote.</summary>
    public string Log
    {
        get
        {
            lock (log) return log.ToString();
        }
    }

    /// <summary>Starts a server and waits until it answers; the test is skipped where the package is absent.</summary>
    public static async Task<NotebookServer> StartAsync(InstalledKernel kernel)
    {
        var server = new NotebookServer(kernel);
        var waited = Stopwatch.StartNew();
        while (!await server.AnswersAsync())
        {
            Assert.False(server.process.HasExited || waited.Elapsed > Limit, $"the notebook server did not start: {server.Log}");
            await Task.Delay(100);
        }

        return server;
    }

    /// <summary>The page of a notebook.</summary>
    public string PageOf(string name) => new Uri(Address, $"notebooks/{name}?token={token}").AbsoluteUri;

    /// <summary>Ends all kernels.</summary>
    public async Task EndKernelsAsync()
    {
        var sessions = JsonNode.Parse(await http.GetStringAsync("api/sessions"))!.AsArray();
        foreach (var session in sessions) (await http.DeleteAsync($"api/sessions/{session!["id"]}")).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        // Asked to, it ends its kernels first.
        try
        {
            await http.PostAsync("api/shutdown", null);
        }
        catch (HttpRequestException)
        {
            // It has ended already, or ends before it answers.
        }

        if (!process.WaitForExit(TimeSpan.FromSeconds(20))) process.Kill(entireProcessTree: true);
        process.Dispose();
        http.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await http.GetAsync("api/kernelspecs")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (log) log.AppendLine(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
