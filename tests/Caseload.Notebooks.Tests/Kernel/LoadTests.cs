using System.Globalization;

namespace Caseload.Notebooks.Tests.Kernel;

/// <summary>Much at once, and for long.</summary>
public sealed class LoadTests : IDisposable
{
    private readonly RunningKernel kernel = new();
    private readonly JupyterTestClient client;

    public LoadTests() => client = kernel.Connect();

    public void Dispose()
    {
        client.Dispose();
        kernel.Dispose();
    }

    [Fact]
    public async Task Ten_thousand_messages_in_a_burst_are_all_answered_in_order()
    {
        const int Count = 10_000;
        var sending = Task.Run(() => Enumerable.Range(0, Count)
            .Select(_ => client.Send(client.Shell, "kernel_info_request", "{}")).ToArray());
        var answered = new List<string>();
        for (var i = 0; i < Count; i++) answered.Add(client.Receive(client.Shell).ParentId!);
        Assert.Equal(await sending, answered);
        Assert.Equal(2, client.Told(answered[^1]).Count);
    }

    [Fact]
    public void Twenty_megabytes_come_through_from_a_console_and_from_a_display()
    {
        Assert.Equal(20_000_000, client.Execute("Console.Write(new string('x', 20_000_000));").Stream("stdout").Length);
        var shown = client.Execute("HTML(new string('y', 20_000_000)).Display();").One("display_data");
        Assert.Equal(20_000_000, ((string)shown.Content["data"]!["text/html"]!).Length);
    }

    [Fact]
    public void Three_hundred_cells_leave_memory_flat()
    {
        for (var i = 0; i < 50; i++) Run(i);
        var warm = Held();
        for (var i = 50; i < 350; i++) Run(i);
        Assert.True(Held() - warm < 50_000_000, $"{(Held() - warm) / 1_000_000} MB more are held than after the warm-up");

        void Run(int i)
        {
            var name = $"list{i % 10}";
            var ran = client.Execute($"var {name} = Enumerable.Range(0, {i}).ToList(); Console.WriteLine({name}.Count); {name}.Count");
            Assert.Equal(i.ToString(CultureInfo.InvariantCulture), ran.Result);
        }
    }

    private static long Held() => GC.GetTotalMemory(forceFullCollection: true);
}
