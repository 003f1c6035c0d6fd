using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Caseload.Notebooks.Session;

/// <summary>
/// Where the compiled cells of one session live, and what their <c>#r</c> named. It is given back when the session ends, as soon as
/// nothing refers to the cells' objects any more.
/// </summary>
internal sealed class NotebookLoadContext() : AssemblyLoadContext("notebook", isCollectible: true)
{
    private readonly ConcurrentDictionary<string, string> named = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentBag<AssemblyDependencyResolver> resolvers = [];

    /// <summary>Makes a file that <c>#r</c> named loadable, with what lies beside it.</summary>
    /// <param name="path">The file's full path.</param>
    public void Add(string path)
    {
        if (named.TryAdd(Path.GetFileNameWithoutExtension(path), path)) resolvers.Add(new AssemblyDependencyResolver(path));
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (HostAssemblies.Loaded(assemblyName.Name ?? "") is { } held) return held;
        if (named.TryGetValue(assemblyName.Name ?? "", out var path)) return LoadFromAssemblyPath(path);
        if (FromHost(assemblyName) is { } host) return host;
        return resolvers.Select(r => r.ResolveAssemblyToPath(assemblyName)).OfType<string>().FirstOrDefault() is { } beside
            ? LoadFromAssemblyPath(beside)
            : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolvers.Select(r => r.ResolveUnmanagedDllToPath(unmanagedDllName)).OfType<string>().FirstOrDefault() is { } path
            ? LoadUnmanagedDllFromPath(path)
            : 0;

    private static Assembly? FromHost(AssemblyName assemblyName)
    {
        try
        {
            return Default.LoadFromAssemblyName(assemblyName);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
