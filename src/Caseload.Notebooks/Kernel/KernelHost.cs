using Caseload.Notebooks.Kernel.Lifetime;
using Caseload.Notebooks.Kernel.Wire;

namespace Caseload.Notebooks.Kernel;

/// <summary>Runs a Jupyter kernel for C# from its connection file to its end.</summary>
public static class KernelHost
{
    /// <summary>Listens where the connection file says and serves clients until one asks the kernel to end.</summary>
    /// <param name="settings">What the kernel stands on.</param>
    /// <param name="cancellation">Ends the kernel too.</param>
    /// <returns>The exit code: 0.</returns>
    /// <exception cref="Caseload.Frames.ProblemException">Unreadable: the connection file is missing or holds something else, or an
    /// address that it names cannot be had.</exception>
    public static async Task<int> RunAsync(KernelSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var kernel = new JupyterKernel(settings, new WireLimits());
        using var guard = settings.OwnsProcess ? new ProcessGuard(kernel) : null;
        using var registration = cancellation.Register(kernel.End);
        await kernel.Ended.ConfigureAwait(false);
        return 0;
    }
}
