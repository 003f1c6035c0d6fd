using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Caseload.Frames;

namespace Caseload.Browsers;

/// <summary>The process of a browser without a window, with a profile of its own that goes when it goes.</summary>
internal sealed class BrowserProcess : IDisposable
{
    private const string Announcement = "DevTools listening on ";
    private const int DeletionAttempts = 50;

    // Nothing is fetched: no name is resolved, and what a browser does of itself in the background is off. A sandbox needs rights that
    // containers and root do not have; what is shown here is the kit's own.
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--disable-sync",
        "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--no-first-run",
        "--no-default-browser-check", "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars", "--mute-audio",
        "--force-color-profile=srgb", "--font-render-hinting=none", "--remote-debugging-port=0",
    ];

    private readonly Process process;
    private bool isDisposed;

    private BrowserProcess(Process process, string profile)
    {
        (this.process, Profile, Id) = (process, profile, process.Id);
        AppDomain.CurrentDomain.ProcessExit += AtExit;
    }

    /// <summary>The number of the process.</summary>
    public int Id { get; }

    /// <summary>The folder of the profile.</summary>
    public string Profile { get; }

    /// <summary>Starts a browser and waits until it says where it listens.</summary>
    /// <param name="settings">Which one.</param>
    /// <exception cref="ProblemException">Unreadable: it does not start, ends at once, or says nothing in time.</exception>
    public static async Task<(BrowserProcess Process, Uri Address)> StartAsync(BrowserSettings settings)
    {
        var started = Start(settings.Program);
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        started.process.ErrorDataReceived += (_, line) => Hear(line.Data, address);
        started.process.OutputDataReceived += static (_, _) => { };
        started.process.BeginErrorReadLine();
        started.process.BeginOutputReadLine();
        try
        {
            return (started, await address.Task.WaitAsync(settings.StartLimit).ConfigureAwait(false));
        }
        catch (Exception e) when (e is TimeoutException or EndOfStreamException)
        {
            started.Dispose();
            var seconds = settings.StartLimit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            throw Browser.Failed(e is TimeoutException
                ? $"a browser that did not start within {seconds} s ({settings.Program})"
                : $"a browser that ended at its start ({settings.Program})", e);
        }
    }

    /// <summary>Waits for the process to end of itself.</summary>
    /// <param name="limit">How long.</param>
    public async Task WaitAsync(TimeSpan limit)
    {
        using var time = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Dispose ends it.
        }
    }

    public void Dispose()
    {
        lock (process)
        {
            if (isDisposed) return;
            isDisposed = true;
        }

        AppDomain.CurrentDomain.ProcessExit -= AtExit;
        End();
        process.Dispose();
    }

    private static BrowserProcess Start(string program)
    {
        var profile = Directory.CreateTempSubdirectory("caseload-browser-").FullName;
        try
        {
            var start = new ProcessStartInfo(program, [.. Flags, "--user-data-dir=" + profile, "about:blank"])
            {
                RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, CreateNoWindow = true,
            };
            return new BrowserProcess(Process.Start(start)!, profile);
        }
        catch (Win32Exception e)
        {
            Directory.Delete(profile, recursive: true);
            throw Browser.Failed($"a browser that cannot be started ({program}): {e.Message}", e);
        }
    }

    private static void Hear(string? line, TaskCompletionSource<Uri> address)
    {
        if (line is null) address.TrySetException(new EndOfStreamException());
        else if (line.StartsWith(Announcement, StringComparison.Ordinal)
            && Uri.TryCreate(line[Announcement.Length..].Trim(), UriKind.Absolute, out var found)) address.TrySetResult(found);
    }

    // Without this a command that is stopped would leave a browser behind.
    private void AtExit(object? sender, EventArgs e) => Dispose();

    private void End()
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(TimeSpan.FromSeconds(10));
        }
        catch (InvalidOperationException)
        {
            // It ended before.
        }

        // The browser's helpers end a moment after it and write into the profile until then.
        for (var attempt = 1; Directory.Exists(Profile) && attempt <= DeletionAttempts; attempt++)
        {
            try
            {
                Directory.Delete(Profile, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(20);
            }
        }
    }
}
