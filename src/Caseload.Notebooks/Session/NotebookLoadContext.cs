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
    private readonly ConcurrentDictionary<string, Assembly> cells = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Assembly> found = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> named = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> native = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentBag<AssemblyDependencyResolver> resolvers = [];

    /// <summary>Makes a file that <c>#r</c> named loadable, with what lies beside it.</summary>
    /// <param name="path">The file's full path.</param>
    public void Add(string path)
    {
        if (named.TryAdd(Path.GetFileNameWithoutExtension(path), path)) resolvers.Add(new AssemblyDependencyResolver(path));
    }

    /// <summary>Makes an assembly of a package loadable. What it needs is named as well, so nothing is looked for beside it.</summary>
    /// <param name="path">The file's full path.</param>
    public void AddPackage(string path) => named.TryAdd(Path.GetFileNameWithoutExtension(path), path);

    /// <summary>Makes a native library of a package loadable.</summary>
    /// <param name="path">The file's full path.</param>
    public void AddNative(string path) => native.TryAdd(Path.GetFileName(path), path);

    /// <summary>Loads a compiled cell.</summary>
    /// <param name="name">The name of its assembly.</param>
    /// <param name="image">The assembly.</param>
    /// <param name="symbols">Its line numbers.</param>
    public Assembly LoadCell(string name, Stream image, Stream symbols) => cells[name] = LoadFromStream(image, symbols);

    /// <summary>Lets go of the cells and libraries. The runtime holds the context until
    /// they are gone, so it must not hold them itself.</summary>
    public void End()
    {
        cells.Clear();
        found.Clear();
        Unload();
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name) return null;
        if (cells.TryGetValue(name, out var cell) || found.TryGetValue(name, out cell)) return cell;
        var searched = Search(name, assemblyName);
        if (searched is not null) found[name] = searched;
        return searched;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string[] forms = [unmanagedDllName, $"lib{unmanagedDllName}.so", $"{unmanagedDllName}.so", $"{unmanagedDllName}.dll",
            $"lib{unmanagedDllName}.dylib", $"{unmanagedDllName}.dylib"];
        var path = forms.Select(f => native.GetValueOrDefault(f)).FirstOrDefault(p => p is not null)
            ?? resolvers.Select(r => r.ResolveUnmanagedDllToPath(unmanagedDllName)).FirstOrDefault(p => p is not null);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    private Assembly? Search(string name, AssemblyName assemblyName)
    {
        if (HostAssemblies.Loaded(name) is { } held) return held;
        if (named.TryGetValue(name, out var path)) return LoadCopy(path);
        if (FromHost(assemblyName) is { } host) return host;
        return resolvers.Select(r => r.ResolveAssemblyToPath(assemblyName)).OfType<string>().FirstOrDefault() is { } beside
            ? LoadCopy(beside)
            : null;
    }

    // From memory: the file stays free to be rebuilt, and the next session gets what is in it then.
    private Assembly LoadCopy(string path)
    {
        using var image = new MemoryStream(File.ReadAllBytes(path));
        return LoadFromStream(image);
    }

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
