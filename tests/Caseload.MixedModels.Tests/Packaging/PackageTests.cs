using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>What is in the packages, seen as the archives that they are.</summary>
/// <param name="packages">The packages.</param>
[Collection(nameof(PackedPackages))]
public sealed class PackageTests(PackedPackages packages)
{
    // The kind of debug information that holds a source file (Portable PDB specification, "Embedded Source").
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Theory]
    [InlineData("Caseload.MixedModels", "Caseload.Frames", "MathNet.Numerics")]
    [InlineData("Caseload.Frames", "CsvHelper")]
    public void Hold_a_library_its_documentation_and_a_readme(string id, params string[] dependencies)
    {
        var files = packages.Open(id, "nupkg");
        Assert.Contains($"lib/net10.0/{id}.dll", files.Keys);
        Assert.Contains("<summary>", Text(files[$"lib/net10.0/{id}.xml"]), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(Checkout.Root, "src", id, "README.md")), Text(files["README.md"]));

        var metadata = XDocument.Parse(Text(files[$"{id}.nuspec"]).TrimStart('\uFEFF')).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;
        Assert.Equal((id, "MIT", "README.md"), (Value("id"), Value("license"), Value("readme")));
        Assert.All(["version", "authors", "description", "tags", "copyright"], name => Assert.NotEmpty(Value(name)));
        Assert.StartsWith("MIT License", File.ReadAllText(Path.Combine(Checkout.Root, "LICENSE")), StringComparison.Ordinal);
        Assert.Equal(dependencies,
            metadata.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value).Order());
    }

    [Theory]
    [InlineData("Caseload.MixedModels")]
    [InlineData("Caseload.Frames")]
    public void Have_symbols_that_hold_every_source_file(string id)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbImage(
            ImmutableArray.Create(packages.Open(id, "snupkg")[$"lib/net10.0/{id}.pdb"]));
        var symbols = provider.GetMetadataReader();
        Assert.True(symbols.Documents.Count > 10);
        foreach (var handle in symbols.Documents)
        {
            var name = symbols.GetString(symbols.GetDocument(handle).Name);
            Assert.True(name.StartsWith("/_/", StringComparison.Ordinal) || !Path.IsPathRooted(name), name);
            Assert.Contains(symbols.GetCustomDebugInformation(handle),
                info => symbols.GetGuid(symbols.GetCustomDebugInformation(info).Kind) == EmbeddedSource);
        }
    }

    [Theory]
    [InlineData("Caseload.MixedModels")]
    [InlineData("Caseload.Frames")]
    public void Name_no_folder_of_the_machine_that_packed_them(string id)
    {
        string[] folders = [Checkout.Root, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)];
        foreach (var (name, bytes) in packages.Open(id, "nupkg").Concat(packages.Open(id, "snupkg")))
        {
            foreach (var folder in folders.Where(folder => folder.Length > 1))
            {
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(folder)) < 0, $"{name} names {folder}");
                Assert.True(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(folder)) < 0, $"{name} names {folder}");
            }
        }
    }

    [Fact]
    public void Are_two_with_their_symbols() => Assert.Equal(
        from id in new[] { "Caseload.Frames", "Caseload.MixedModels" }
        from extension in new[] { "nupkg", "snupkg" }
        select $"{id}.{PackedPackages.Version}.{extension}",
        Directory.GetFiles(packages.Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
