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
    // What most cells use. The compiler looks through every reference for every cell, so each that it need not know makes each cell slower.
    private static readonly string[] CommonNames =
    [
        "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Collections.Concurrent", "System.Collections.Immutable",
        "System.Console", "System.Linq", "System.Memory", "System.ObjectModel", "System.Private.Uri", "System.Text.Json",
        "System.Text.RegularExpressions", "System.Threading", "System.Diagnostics.Process", "System.Net.Primitives",
    ];

    private static readonly string[] FrameworkKeys = ["7cec85d7bea7798e", "b03f5f7f11d50a3a", "b77a5c561934e089", "cc7b13ffcd2ddd51"];
    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private readonly Lazy<IReadOnlyList<MetadataReference>> framework;
    private readonly Dictionary<string, string> trusted;
    private readonly ConcurrentDictionary<string, PortableExecutableReference> references = new(StringComparer.Ordinal);

    /// <summary>Looks at what the process may load.</summary>
    public HostAssemblies()
    {
        var paths = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        trusted = paths.DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(p => Path.GetFileNameWithoutExtension(p), p => p, StringComparer.OrdinalIgnoreCase);
        CommonReferences = [.. CommonNames.Select(name => Reference(trusted[name])), Reference(typeof(HostAssemblies).Assembly.Location)];
        framework = new(() =>
        [
            .. CommonReferences,
            .. paths.Where(IsOfFramework).Where(path => !CommonNames.Contains(Path.GetFileNameWithoutExtension(path))).Select(Reference),
        ]);
    }

    /// <summary>The part of <see cref="FrameworkReferences"/> that most cells make do with.</summary>
    internal IReadOnlyList<MetadataReference> CommonReferences { get; }

    /// <summary>What every notebook may use without naming it: the .NET framework, and the functions that this host gives.</summary>
    internal IReadOnlyList<MetadataReference> FrameworkReferences => framework.Value;

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

    // In an application that brings its runtime along, all lies in one folder; then the keys that the framework is signed with tell.
    private static bool IsOfFramework(string path) => Path.GetDirectoryName(path) == FrameworkFolder
        && (Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) != FrameworkFolder
            || FrameworkKeys.Contains(Convert.ToHexStringLower(AssemblyName.GetAssemblyName(path).GetPublicKeyToken() ?? [])));

    /// <summary>The metadata of an assembly file, read once.</summary>
    /// <param name="path">The file.</param>
    internal PortableExecutableReference Reference(string path) => references.GetOrAdd(path, p => MetadataReference.CreateFromFile(p));
}
