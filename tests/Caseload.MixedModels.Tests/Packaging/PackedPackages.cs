using System.IO.Compression;

namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>The packages of the build that the tests belong to, packed once into a folder that goes when the tests end.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    internal static string Version { get; } = typeof(MixedModel).Assembly.GetName().Version!.ToString(3);

    internal string Folder => folder.Path;

    public async ValueTask InitializeAsync()
    {
        // The folder of the tests' binaries is named after their configuration; nothing is built anew.
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        await DotnetCommand.Run(Checkout.Root, "pack", Path.Combine("src", "Caseload.MixedModels"), "--no-build", "-c", configuration,
            "-o", folder.Path);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The files in a package by their paths.</summary>
    internal Dictionary<string, byte[]> Open(string id, string extension)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(folder.Path, $"{id}.{Version}.{extension}"));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var source = entry.Open();
            using var copy = new MemoryStream();
            source.CopyTo(copy);
            return copy.ToArray();
        });
    }
}

/// <summary>Tests that start the SDK, which takes both processors: they wait until the others are done.</summary>
[CollectionDefinition(nameof(PackedPackages), DisableParallelization = true)]
public sealed class PackedPackagesCollection : ICollectionFixture<PackedPackages>;
