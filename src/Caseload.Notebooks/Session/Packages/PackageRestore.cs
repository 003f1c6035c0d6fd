using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Caseload.Notebooks.Session.Packages;

/// <summary>Fetches packages with the SDK of the machine, and with the machine's own settings of where packages come from.</summary>
internal static class PackageRestore
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Fetches packages.</summary>
    /// <param name="requests">The packages.</param>
    /// <param name="sources">Folders and addresses that come to the machine's own.</param>
    /// <param name="cancellation">Breaks the restore off.</param>
    /// <returns>The files, or why there are none.</returns>
    public static async Task<(RestoredAssets? Assets, string? Failure)> RunAsync(
        IReadOnlyCollection<PackageRequest> requests, IReadOnlyCollection<string> sources, CancellationToken cancellation)
    {
        if (SdkFolder.Command() is not { } command) return (null, RestoreFailure.NoSdk);
        var runtime = RuntimeInformation.RuntimeIdentifier;
        var folder = Directory.CreateTempSubdirectory("caseload-packages-");
        try
        {
            var project = Path.Combine(folder.FullName, "packages.csproj");
            await File.WriteAllTextAsync(project, RestoreProject.Text(requests, sources, runtime), cancellation).ConfigureAwait(false);
            var (exit, output) = await RestoreAsync(command, project, cancellation).ConfigureAwait(false);
            var assets = Path.Combine(folder.FullName, "obj", "project.assets.json");
            return exit == 0 && File.Exists(assets) ? (RestoredAssets.Read(assets, runtime), null) : (null, RestoreFailure.Of(output));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"the packages did not come within {Limit.TotalMinutes:F0} minutes");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Exit, string Output)> RestoreAsync(string command, string project, CancellationToken cancellation)
    {
        // No build server and no node stays behind: the process ends with the restore.
        var start = new ProcessStartInfo(
            command, ["restore", project, "-nologo", "-v:quiet", "-nodeReuse:false", "--disable-build-servers"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            WorkingDirectory = Path.GetDirectoryName(project)!,
        };
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            // A host that was itself started by a build must not lend its own SDK.
            start.Environment.Remove(inherited);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false) + await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
