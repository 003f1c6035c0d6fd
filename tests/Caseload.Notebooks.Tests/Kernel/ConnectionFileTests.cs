using Caseload.Frames;
using Caseload.Notebooks.Kernel;
using Caseload.Notebooks.Kernel.Messages;

namespace Caseload.Notebooks.Tests.Kernel;

public sealed class ConnectionFileTests : IDisposable
{
    private const string Ports = "\"shell_port\":1,\"iopub_port\":2,\"stdin_port\":3,\"control_port\":4,\"hb_port\":5";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_with_ports_alone_means_an_unsigned_kernel_on_this_machine()
    {
        var file = Read("{" + Ports + "}");
        Assert.Equal(("tcp", "127.0.0.1", 0), (file.Transport, file.Ip, file.Key.Length));
        Assert.Equal(new ChannelPorts(1, 2, 3, 4, 5), file.Ports);
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{}", "no shell_port")]
    [InlineData("{\"shell_port\":0}", "no shell_port from 1 to 65535")]
    [InlineData("{\"shell_port\":70000}", "no shell_port")]
    [InlineData("{\"shell_port\":\"1\"}", "no shell_port")]
    [InlineData("{" + Ports + ",\"key\":5}", "key that is no text")]
    [InlineData("{" + Ports + ",\"signature_scheme\":\"hmac-md5\"}", "signature_scheme other than hmac-sha256")]
    public void A_file_that_says_something_else_is_told(string text, string found)
    {
        var problem = Make.ProblemOf(() => Read(text));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("carrier-pigeon", "127.0.0.1")]
    [InlineData("tcp", "*")]
    [InlineData("tcp", "no address")]
    public void An_address_that_is_none_is_told(string transport, string ip) =>
        Assert.Equal(ProblemKind.Unreadable, Make.ProblemOf(
            () => Read("{" + Ports + $",\"transport\":\"{transport}\",\"ip\":\"{ip}\"}}").Address(1)).Kind);

    [Fact]
    public async Task A_kernel_without_its_file_says_so()
    {
        var settings = new KernelSettings(folder.File("absent.json"), folder.Path) { OwnsProcess = false };
        var thrown = await Assert.ThrowsAsync<ProblemException>(() => KernelHost.RunAsync(settings, TestContext.Current.CancellationToken));
        Assert.Equal(ProblemKind.Unreadable, thrown.Problem.Kind);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_and_a_host_ends_when_it_is_asked_to()
    {
        var file = RunningKernel.WriteConnectionFile(folder, RunningKernel.FreePorts(), "");
        var settings = new KernelSettings(file, folder.Path) { OwnsProcess = false, Assemblies = SessionDriver.Host };
        using var stop = new CancellationTokenSource();
        var running = KernelHost.RunAsync(settings, stop.Token);
        var thrown = await Assert.ThrowsAsync<ProblemException>(() => KernelHost.RunAsync(settings, stop.Token));
        Assert.Contains("cannot be listened on", thrown.Problem.Found, StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await running.WaitAsync(ZmtpClient.Patience, TestContext.Current.CancellationToken));
    }

    private ConnectionFile Read(string text) => ConnectionFile.Read(folder.Write("connection.json", text));
}
