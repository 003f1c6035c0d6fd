using System.Collections.Immutable;
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
        return isFile && File.Exists(path) ? [FromFile(path)] : [];
    }

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        // What this host itself is built on is no part of a notebook.
        if ((definition as PortableExecutableReference)?.FilePath is not { } path
            || path == typeof(NotebookSession).Assembly.Location) return null;
        if (host.Find(referenceIdentity.Name) is { } held) return host.Reference(held);
        var beside = Path.Combine(Path.GetDirectoryName(path)!, referenceIdentity.Name + ".dll");
        return File.Exists(beside) ? FromFile(beside) : null;
    }

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    // The file may be rebuilt between two sessions, so its metadata is not shared with other sessions.
    private PortableExecutableReference FromFile(string path)
    {
        context.Add(path);
        return MetadataReference.CreateFromFile(path);
    }
}
