namespace Caseload.Notebooks.Kernelspecs;

/// <summary>Looks at the kernels that are there.</summary>
internal static class KernelScan
{
    /// <summary>The kernels in some folders of kernels: those of the kit's two names, and ours of whatever name.</summary>
    /// <param name="folders">The folders of kernels; those that are missing or closed are passed over.</param>
    public static IReadOnlyList<InstalledKernel> Of(IEnumerable<string> folders) =>
    [
        .. folders.SelectMany(Folders)
            .Select(folder => new InstalledKernel(NameOf(folder), folder, KernelspecFile.ProgramOfOurs(folder)))
            .Where(kernel => IsName(kernel.Name) && (kernel.IsOurs || kernel.Name is KernelNames.Preferred or KernelNames.Other)),
    ];

    // Front ends take names for the same that differ in case only.
    private static string NameOf(string folder) => Path.GetFileName(folder).ToLowerInvariant();

    // A folder that is just being written has a name that is no kernel's.
    private static bool IsName(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static string[] Folders(string parent)
    {
        try
        {
            return Directory.Exists(parent) ? [.. Directory.GetDirectories(parent).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
