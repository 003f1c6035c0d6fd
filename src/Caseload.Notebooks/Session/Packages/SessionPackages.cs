using System.Diagnostics;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Caseload.Notebooks.Session.Packages;

/// <summary>The packages of one session. A package that was asked for once is there for the rest of it.</summary>
/// <param name="folder">The notebook's folder.</param>
/// <param name="host">What the host holds: it is not fetched, and not loaded twice.</param>
/// <param name="context">Where the assemblies of packages are loaded.</param>
internal sealed class SessionPackages(string folder, HostAssemblies host, NotebookLoadContext context)
{
    private readonly List<string> sources = [];
    private readonly Dictionary<string, PackageRequest> installed = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, MetadataReference> references = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What code is compiled against.</summary>
    public IReadOnlyCollection<MetadataReference> References { get; private set; } = [];

    /// <summary>Makes packages usable for a cell and those after it.</summary>
    /// <param name="directives">What the cell asks for.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <returns>Lines that say what was installed, or why the cell cannot run.</returns>
    public async Task<(IReadOnlyList<string> Lines, string? Failure)> InstallAsync(
        PackageDirectives directives, CancellationToken cancellation)
    {
        sources.AddRange(directives.Sources.Select(FullSource).Except(sources, StringComparer.Ordinal));
        if (sources.FirstOrDefault(s => !IsAddress(s) && !Directory.Exists(s)) is { } missing)
        {
            sources.Remove(missing);
            return ([], $"#i names a folder that is not there: {Path.GetRelativePath(folder, missing)}");
        }

        var lines = new List<string>();
        var wanted = new List<PackageRequest>();
        foreach (var request in directives.Requests)
        {
            if (installed.TryGetValue(request.Name, out var had))
            {
                if (request.Version is not null && had.Version != request.Version) lines.Add(OtherVersion(request, had.Version));
            }
            else if (host.Find(request.Name) is { } held) lines.Add(UseHosts(request, held));
            else wanted.Add(request);
        }

        if (wanted.Count == 0) return (lines, null);
        var all = wanted.DistinctBy(r => r.Name, StringComparer.OrdinalIgnoreCase).Concat(installed.Values.Where(r => host.Find(r.Name) is null)).ToArray();
        var (assets, failure) = await PackageRestore.RunAsync(all, sources, cancellation).ConfigureAwait(false);
        if (assets is null) return (lines, failure);
        lines.AddRange(Use(assets));
        foreach (var request in wanted)
        {
            var version = assets.Versions.GetValueOrDefault(request.Name) ?? request.Version;
            installed[request.Name] = request with { Version = request.Version ?? version };
            lines.Add($"Installed package {request.Name}, {version}");
        }

        return (lines, null);
    }

    private IEnumerable<string> Use(RestoredAssets assets)
    {
        foreach (var path in assets.Compile) Refer(path);
        foreach (var path in assets.Native) context.AddNative(path);
        foreach (var path in assets.Runtime)
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (host.Find(name) is not { } held) context.AddPackage(path);
            else if (VersionOf(held) is { } holds && VersionOf(path) is { } brings && brings > holds)
            {
                yield return $"{name} {holds} of this host is used, where a package brings {brings}";
            }
        }

        References = [.. references.Values];
    }

    private void Refer(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (references.ContainsKey(name)) return;
        var held = host.Find(name);
        references[name] = held is null ? MetadataReference.CreateFromFile(path) : host.Reference(held);
    }

    private string UseHosts(PackageRequest request, string held)
    {
        Refer(held);
        References = [.. references.Values];
        var version = FileVersionInfo.GetVersionInfo(held).ProductVersion?.Split('+')[0];
        installed[request.Name] = request with { Version = version };
        return request.Version is null || request.Version == version
            ? $"Package {request.Name}, {version} of this host is used"
            : OtherVersion(request, version);
    }

    private static string OtherVersion(PackageRequest request, string? version) =>
        $"Package {request.Name}, {version} is in use already, and stays so: {request.Version} was asked for";

    private static Version? VersionOf(string path)
    {
        try
        {
            return AssemblyName.GetAssemblyName(path).Version;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private string FullSource(string source) => IsAddress(source) ? source : Path.GetFullPath(source, folder);

    private static bool IsAddress(string source) => source.Contains("://", StringComparison.Ordinal);
}
