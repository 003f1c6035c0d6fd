using System.IO.Compression;

namespace Caseload.Notebooks.Tests.Session.Packages;

/// <summary>A package to write by hand: a zip file with a description and files.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
internal sealed record TestPackage(string Name, string Version)
{
    /// <summary>The packages that it asks for.</summary>
    public IReadOnlyList<(string Name, string Version)> Needs { get; init; } = [];

    /// <summary>The files in it, by their path in the package, with the file to put there.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Writes the package into a folder.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        using var zip = ZipFile.Open(Path.Combine(folder, $"{Name}.{Version}.nupkg"), ZipArchiveMode.Create);
        var needs = string.Concat(Needs.Select(n => $"""<dependency id="{n.Name}" version="{n.Version}" />"""));
        using (var nuspec = new StreamWriter(zip.CreateEntry($"{Name}.nuspec").Open()))
        {
            nuspec.Write($"""
                <?xml version="1.0" encoding="utf-8"?>
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
                <id>{Name}</id><version>{Version}</version><authors>a test</authors><description>for a test</description>
                <dependencies><group targetFramework="net8.0">{needs}</group></dependencies>
                </metadata></package>
                """);
        }

        foreach (var (path, file) in Files) zip.CreateEntryFromFile(file, path);
    }
}
