using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Caseload.Notebooks.Session;

/// <summary>
/// The assemblies that the host process holds or can load by name. A notebook that refers to one of them gets the host's: were the
/// same assembly loaded a second time from the notebook's path, its types would be strangers to those that the host made.
/// </summary>
/// <remarks>Made once and shared by sessions: the metadata read for one session serves the next.</remarks>
public sealed class HostAssemblies
{
    private readonly Dictionary<string, string> trusted;
    private readonly ConcurrentDictionary<string, PortableExecutableReference> references = new(StringComparer.Ordinal);

    /// <summary>Looks at what the process may load.</summary>
    public HostAssemblies()
    {
        var paths = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        trusted = paths.DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(p => Path.GetFileNameWithoutExtension(p), p => p, StringComparer.OrdinalIgnoreCase);
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        FrameworkReferences =
        [
            .. paths.Where(p => Path.GetDirectoryName(p) == framework).Select(Reference),
            Reference(typeof(HostAssemblies).Assembly.Location),
        ];
    }

    /// <summary>What every notebook may use without naming it: the .NET framework, and the functions that this host gives.</summary>
    internal IReadOnlyList<MetadataReference> FrameworkReferences { get; }

    /// <summary>The file of an assembly that the host holds.</summary>
    /// <param name="simpleName">Its name without version, such as <c>Caseload.Frames</c>.</param>
    /// <returns>The path, or null where the host has no such assembly.</returns>
    internal string? Find(string simpleName) =>
        Loaded(simpleName)?.Location ?? trusted.GetValueOrDefault(simpleName);

    /// <summary>An assembly that is loaded already.</summary>
    /// <param name="simpleName">Its name without version.</param>
    /// <returns>The assembly, or null.</returns>
    internal static Assembly? Loaded(string simpleName) => AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a =>
        !a.IsDynamic && !a.IsCollectible && a.Location.Length > 0
        && string.Equals(a.GetName().Name, simpleName, StringComparison.OrdinalIgnoreCase));

    /// <summary>The metadata of an assembly file, read once.</summary>
    /// <param name="path">The file.</param>
    internal PortableExecutableReference Reference(string path) => references.GetOrAdd(path, p => MetadataReference.CreateFromFile(p));
}
