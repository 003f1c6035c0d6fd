using Caseload.Notebooks.Kernel;

namespace Caseload.Cli;

/// <summary><c>caseload kernel start</c>, which a front end runs and nobody types.</summary>
internal static class KernelStart
{
    /// <summary>Serves a front end until it asks the kernel to end. The notebook's folder is the working folder.</summary>
    /// <param name="connectionFile">The file in which the front end says where to listen.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string connectionFile) =>
        KernelHost.RunAsync(new KernelSettings(connectionFile, Directory.GetCurrentDirectory()), CancellationToken.None).GetAwaiter().GetResult();
}
