using System.Reflection;
using System.Runtime.Loader;

namespace Caseload.Cli.Databases;

/// <summary>
/// Loads a provider that a person brings, and what it needs from beside it, apart from the command's own assemblies: its versions of
/// libraries may differ from ours. The framework is shared, so that its connections are connections here.
/// </summary>
/// <param name="path">The provider's file.</param>
internal sealed class ProviderLoadContext(string path) : AssemblyLoadContext("provider")
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private readonly AssemblyDependencyResolver resolver = new(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (File.Exists(Path.Combine(Framework, assemblyName.Name + ".dll"))) return null;
        var found = resolver.ResolveAssemblyToPath(assemblyName)
            ?? Path.Combine(Path.GetDirectoryName(path)!, assemblyName.Name + ".dll");
        return File.Exists(found) ? LoadFromAssemblyPath(found) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
}
