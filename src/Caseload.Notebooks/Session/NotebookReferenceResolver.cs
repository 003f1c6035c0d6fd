using System.Collections.Immutable;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;

namespace Caseload.Notebooks.Session;

/// <summary>
/// Finds what <c>#r</c> names: an assembly of the host where it holds one of that name, whether the file is there or not; else the
/// file, seen from the notebook's folder.
/// </summary>
/// <param name="folder">The notebook's folder.</param>
/// <param name="host">What the host holds.</param>
/// <param name="context">Where the files are loaded.</param>
internal sealed class NotebookReferenceResolver(string folder, HostAssemblies host, NotebookLoadContext context) : MetadataReferenceResolver
{
    // Completion resolves too, beside a cell that runs.
    private readonly Lock gate = new();
    private readonly Dictionary<string, NamedFile> files = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> notices = new(StringComparer.Ordinal);

    /// <summary>Types that a named assembly shows and does not define are looked for as well.</summary>
    public override bool ResolveMissingAssemblies => true;

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var isFile = reference.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            || reference.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);
        var name = isFile ? Path.GetFileNameWithoutExtension(reference) : reference.Split(',')[0];
        if (host.Find(name) is { } held) return [host.Reference(held)];
        var path = Path.GetFullPath(reference, Path.GetDirectoryName(baseFilePath) is { Length: > 0 } near ? near : folder);
        return isFile && File.Exists(path) ? [FromFile(path, tell: true)] : [];
    }

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        // What this host itself is built on is no part of a notebook; of the framework a cell gets more only where it asks for it.
        if ((definition as PortableExecutableReference)?.FilePath is not { } path || host.CommonReferences.Contains(definition)) return null;
        return Needed(path, referenceIdentity.Name);
    }

    /// <summary>
    /// What named assemblies are built on beyond what each cell has, and what that is built on. The compiler keeps for all later cells what it
    /// once found missing, the libraries of this host among them; to what a later cell names it has to be given.
    /// </summary>
    /// <param name="named">What a cell names.</param>
    public IReadOnlyCollection<MetadataReference> NeededBy(IEnumerable<MetadataReference> named)
    {
        var found = new HashSet<MetadataReference>(named);
        var given = found.Count;
        var open = new Queue<MetadataReference>(found);
        while (open.TryDequeue(out var reference))
        {
            if (reference is not PortableExecutableReference { FilePath: { } path } file) continue;
            foreach (var name in NamesOfReferences(file))
            {
                if (Needed(path, name) is { } needed && !host.CommonReferences.Contains(needed) && found.Add(needed)) open.Enqueue(needed);
            }
        }

        return [.. found.Skip(given)];
    }

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>What is to be said of references since it was last asked.</summary>
    public IReadOnlyList<string> TakeNotices()
    {
        lock (gate)
        {
            string[] taken = [.. notices];
            notices.Clear();
            return taken;
        }
    }

    private PortableExecutableReference? Needed(string path, string name)
    {
        if (host.Find(name) is { } held) return host.Reference(held);
        var beside = Path.Combine(Path.GetDirectoryName(path)!, name + ".dll");
        return File.Exists(beside) ? FromFile(beside, tell: false) : null;
    }

    // A file that is no assembly is the compiler's to tell.
    private static IReadOnlyList<string> NamesOfReferences(PortableExecutableReference file)
    {
        try
        {
            if (file.GetMetadata() is not AssemblyMetadata assembly) return [];
            var reader = assembly.GetModules()[0].GetMetadataReader();
            return [.. reader.AssemblyReferences.Select(r => reader.GetString(reader.GetAssemblyReference(r).Name))];
        }
        catch (Exception e) when (e is BadImageFormatException or IOException)
        {
            return [];
        }
    }

    // The file may be rebuilt between two sessions, so its metadata is not shared with other sessions. Within one session an assembly is
    // loaded once, so what is compiled against it must be the same file and the same state of it.
    private PortableExecutableReference FromFile(string path, bool tell)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var written = File.GetLastWriteTimeUtc(path);
        lock (gate)
        {
            if (!files.TryGetValue(name, out var first))
            {
                context.Add(path);
                files[name] = first = new(path, written, MetadataReference.CreateFromFile(path));
            }

            if (tell && first.Path != path)
            {
                notices.Add($"{name} was taken from {Shown(first.Path)} and stays so; restart to take {Shown(path)}");
            }
            else if (tell && first.Written != written)
            {
                notices.Add($"{Shown(path)} was changed since it was taken; restart to take it anew");
            }

            return first.Reference;
        }
    }

    private string Shown(string path) => Path.GetRelativePath(folder, path);

    private sealed record NamedFile(string Path, DateTime Written, PortableExecutableReference Reference);
}
