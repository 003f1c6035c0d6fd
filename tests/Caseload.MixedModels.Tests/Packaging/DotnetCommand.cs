using System.Diagnostics;

namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>Runs the SDK that built the tests, as a person would, and waits for it.</summary>
internal static class DotnetCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What the command wrote to standard output; an exit code other than 0 fails the test with all that it said.</summary>
    internal static async Task<string> Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };

        // A build server that outlives the test would hold its folder.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await Task.WhenAll(output, error, process.WaitForExitAsync(limit.Token));
            Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {await output}{await error}");
            return await output;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
